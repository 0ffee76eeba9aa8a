package dev.gangway.internal.cli;

import java.time.InstantSource;
import java.util.List;

/** The main class of the drop-in jars. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        List<String> words = List.of(args);
        System.exit(
                !words.isEmpty() && words.get(0).equals(ProbeCommand.NAME)
                        ? new ProbeCommand(System.out, System.err).run(words.subList(1, words.size()))
                        : new KeysCommand(InstantSource.system(), System.out, System.err).run(args));
    }
}
