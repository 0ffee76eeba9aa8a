package dev.gangway.examples.node;

import java.util.List;
import java.util.stream.Collectors;

/** Turns {@code --keys file:a --keys file:b} into the one setting {@code file:a,b}. */
final class KeyOptions {
    private static final String FILE = "file:";

    private KeyOptions() {}

    /** @throws IllegalArgumentException if several sources are given that cannot be one */
    static String join(List<String> sources) {
        if (sources.size() == 1) {
            return sources.get(0);
        }
        List<String> allButLast = sources.subList(0, sources.size() - 1);
        if (!sources.stream().allMatch(source -> source.startsWith(FILE))
                || allButLast.stream().anyMatch(source -> source.contains("?"))) {
            throw new IllegalArgumentException(
                    "--keys may be repeated for raw key files only, with '?allow=…' after the"
                            + " last one only; given: " + sources);
        }
        return sources.stream()
                .map(source -> source.substring(FILE.length()))
                .collect(Collectors.joining(",", FILE, ""));
    }
}
