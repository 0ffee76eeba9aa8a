package dev.gangway.internal.cli;

import java.time.InstantSource;

/** The main class of the drop-in jars. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new KeysCommand(InstantSource.system(), System.out, System.err).run(args));
    }
}
