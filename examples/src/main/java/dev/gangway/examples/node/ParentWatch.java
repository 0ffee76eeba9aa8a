package dev.gangway.examples.node;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Ends this process when the one that started it is gone, however it went: the parent holds the other end of standard
 * input and never writes to it, so the end of standard input is the end of the parent.
 */
final class ParentWatch {
    private ParentWatch() {}

    static void start() {
        Thread thread = new Thread(ParentWatch::exitAtEndOfInput, "parent-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private static void exitAtEndOfInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // As good as the end.
        }
        System.exit(0);
    }
}
