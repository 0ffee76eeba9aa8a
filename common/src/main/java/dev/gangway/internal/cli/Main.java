package dev.gangway.internal.cli;

import java.time.InstantSource;

/** What {@code java -jar gangway-….jar} runs. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new KeysCommand(InstantSource.system(), System.out, System.err).run(args));
    }
}
