package dev.gangway.examples.node;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Ends this process when its parent process ends for any reason. The parent keeps the other end of standard input open and
 * never writes to it, so standard input ends when the parent does.
 */
final class ExitWithParent {
    private ExitWithParent() {}

    static void start() {
        Thread thread = new Thread(ExitWithParent::exitAtEndOfInput, "exit-with-parent");
        thread.setDaemon(true);
        thread.start();
    }

    private static void exitAtEndOfInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Treated as the end of the input.
        }
        System.exit(0);
    }
}
