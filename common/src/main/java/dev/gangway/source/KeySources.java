package dev.gangway.source;

import dev.gangway.keyfile.KeyRotation;
import dev.gangway.keyfile.SafeFileReader.Allow;
import dev.gangway.keys.TicketPolicy;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the {@code keys} setting:
 *
 * <ul>
 *   <li>{@code file:PATH}: one keyset file;
 *   <li>{@code file:PATH,PATH,…}: raw key files in order, the first of which seals;
 *   <li>{@code random:}: keys made in memory, for one node.
 * </ul>
 *
 * <p>After the path may follow options, the first after {@code ?}, others after {@code &}: {@code allow=group} or {@code
 * allow=anyone} lets a key file be readable by more than its owner; {@code verbatim} uses raw keys byte for byte, without
 * scopes, so that other software with the same files opens the same tickets.
 */
public final class KeySources {
    private static final String FORMS =
            "file:PATH (one keyset, or raw key files separated by commas), or random: (one node, keys in memory)";

    private KeySources() {}

    /**
     * @param spec the setting
     * @param policy what self-made keys must suit
     * @throws IllegalArgumentException naming the value and the forms there are
     */
    public static KeySource parse(String spec, TicketPolicy policy) {
        if (spec.equals("random:")) {
            Duration lifetime = policy.ticketLifetime();
            return RandomKeySource.of(new KeyRotation(lifetime.multipliedBy(2), lifetime, policy.clockSkew()));
        }
        if (spec.startsWith("file:")) {
            return file(spec);
        }
        throw new IllegalArgumentException("keys '" + spec + "' is not understood; it must be " + FORMS);
    }

    private static KeyFileSource file(String spec) {
        String rest = spec.substring("file:".length());
        int query = rest.indexOf('?');
        Options options = query < 0 ? Options.NONE : Options.parse(rest.substring(query + 1), spec);
        String paths = query < 0 ? rest : rest.substring(0, query);
        try {
            List<Path> files = Arrays.stream(paths.split(",", -1))
                    .map(String::strip)
                    .map(path -> nonEmpty(path, spec))
                    .map(Path::of)
                    .toList();
            return KeyFileSource.of(files, options.allow(), options.verbatim());
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("keys '" + spec + "' holds a path that is none: " + e.getMessage(), e);
        }
    }

    private static String nonEmpty(String path, String spec) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("keys '" + spec + "' names no file; it must be " + FORMS);
        }
        return path;
    }

    private record Options(Allow allow, boolean verbatim) {
        static final Options NONE = new Options(Allow.OWNER_ONLY, false);

        static Options parse(String text, String spec) {
            Options options = NONE;
            for (String option : text.split("&", -1)) {
                options = switch (option) {
                    case "allow=group" -> new Options(Allow.GROUP, options.verbatim);
                    case "allow=anyone" -> new Options(Allow.ANYONE, options.verbatim);
                    case "verbatim" -> new Options(options.allow, true);
                    default ->
                        throw new IllegalArgumentException("keys '" + spec + "' has the unknown option '" + option
                                + "'; allow=group, allow=anyone and verbatim exist");
                };
            }
            return options;
        }
    }
}
