package dev.gangway.internal.cli;

import dev.gangway.KeySourceException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Stream;

/** {@code keys new|rotate|show|check}: manages key files and stores, interactively and from cron. */
final class KeysCommand {
    private static final int OK = 0;
    private static final int REFUSED = 1;
    private static final int USAGE = 2;

    private static final Set<String> HELP_OPTIONS = Set.of("--help", "-h");

    private static final String HELP = """
            keys new FILE [--period=12h] [--ticket-lifetime=6h] [--owner=USER] [--group=GROUP]
                make a keyset: a key that seals from now on, and the one after it.
                An existing file is replaced and keeps its owner, group and readers. Its tickets stop working on each
                node as soon as the node has read the new file.
                With --owner, the file belongs to that user. With --group, that group may read it (mode 0640), and the
                server needs 'file:PATH?allow=group'.
            keys rotate FILE [--in=DURATION]
                remove expired keys and add the next one if it is due; otherwise change nothing. Meant for cron.
                With --in, the next key seals after that time, at least 1s; every node must have read the file by then.
                If there would be more than 40 keys, nothing is changed.
            keys show FILE
                print the names and times of the keys, never their secrets.
            keys check FILE [--ticket-lifetime=6h] [--poll-interval=10s]
                check whether a server with these settings would accept the file, and print what is wrong.
            keys --help, probe --help
                print this help, or the help of the command 'probe', which tests whether nodes share tickets.
            FILE is a path, or a value of the server's setting 'keys': file:PATH, 'file:PATH?allow=group'. With the
            option --allow=group or --allow=anyone, a file that others can read is accepted, as with ?allow=group on a
            server.
            All verbs also accept store:PATH, the properties file of a store. Run 'new' after a leak: each node uses the
            new keys at its next poll. You need 'rotate' only to change keys early (--in), or to encrypt the document with
            a new wrapping key: otherwise the nodes rotate the keys themselves.
            show and check also accept derived:PATH?period=12h and 'file:CURRENT,PREVIOUS', and files of nginx, Apache,
            Envoy and HAProxy.
            """;

    private final KeysetEditor files;
    private final KeysetEditor stores;
    private final KeyInspector inspector;
    private final PrintStream out;
    private final PrintStream err;

    KeysCommand(InstantSource clock, PrintStream out, PrintStream err) {
        this.files = new KeyFileEditor(clock, out);
        this.stores = new StoreDocumentEditor(clock, out);
        this.inspector = new KeyInspector(clock, out);
        this.out = out;
        this.err = err;
    }

    /** @return the exit code: 0 success, 1 refused, 2 arguments not understood */
    int run(String... args) {
        if (Stream.of(args).anyMatch(HELP_OPTIONS::contains)) {
            out.print(HELP);
            return OK;
        }
        try {
            Arguments arguments = Arguments.parse(args);
            KeysetEditor editor = arguments.isStore() ? stores : files;
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
