package dev.gangway.internal.cli;

import dev.gangway.KeySourceException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Stream;

/** {@code keys new|rotate|show|check}: the life of a key file, for people and for cron. */
final class KeysCommand {
    private static final int OK = 0;
    private static final int REFUSED = 1;
    private static final int USAGE = 2;

    private static final Set<String> HELP_OPTIONS = Set.of("--help", "-h");

    private static final String HELP = """
            keys new FILE [--period=12h] [--ticket-lifetime=6h]
                make a keyset: a key that seals from now on, and the one after it.
                Over an existing file, which keeps its owner, group and readers: all tickets of its keys are dead as
                soon as the nodes have read the new one.
            keys rotate FILE [--in=DURATION]
                drop dead keys and announce the next one, if it is due; else change nothing. Made for cron.
                With --in, let the next key take over that soon; give every node time to read the file before.
            keys show FILE
                names and times of the keys, never their secrets.
            keys check FILE [--ticket-lifetime=6h] [--poll-interval=10s]
                say whether a server with these settings would take the file, and what is wrong if not.
            keys --help
                print this.
            FILE is a path, or what a server has for 'keys': file:PATH, 'file:PATH?allow=group'. With --allow=group or
            --allow=anyone after it, a file that others may read is accepted, as by a server with ?allow=group.
            show and check also take derived:PATH?period=12h and 'file:CURRENT,PREVIOUS', and files of nginx, Apache,
            Envoy and HAProxy.
            """;

    private final KeyFileEditor editor;
    private final KeyInspector inspector;
    private final PrintStream out;
    private final PrintStream err;

    KeysCommand(InstantSource clock, PrintStream out, PrintStream err) {
        this.editor = new KeyFileEditor(clock, out);
        this.inspector = new KeyInspector(clock, out);
        this.out = out;
        this.err = err;
    }

    /** @return the exit code: 0 done, 1 refused, 2 not understood */
    int run(String... args) {
        if (Stream.of(args).anyMatch(HELP_OPTIONS::contains)) {
            out.print(HELP);
            return OK;
        }
        try {
            Arguments arguments = Arguments.parse(args);
            switch (arguments.verb()) {
                case "new" -> editor.create(arguments);
                case "rotate" -> editor.rotate(arguments);
                case "show" -> inspector.show(arguments);
                case "check" -> inspector.check(arguments);
                default -> throw new AssertionError(arguments.verb());
            }
            return OK;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.print(HELP);
            return USAGE;
        } catch (KeySourceException | IOException e) {
            err.println(e.getMessage());
            return REFUSED;
        }
    }
}
