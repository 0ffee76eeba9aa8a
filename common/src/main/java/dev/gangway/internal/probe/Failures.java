package dev.gangway.internal.probe;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;

/** What an operator reads when a connection fails. */
final class Failures {
    private Failures() {}

    static String describe(IOException failure) {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        if (failure instanceof UnknownHostException) {
            return "unknown host";
        }
        if (failure instanceof SocketTimeoutException) {
            return "no answer in time";
        }
        if (failure instanceof EOFException || message.contains("terminated the handshake")) {
            return "the server closed the connection during the handshake";
        }
        if (message.contains("Unsupported or unrecognized SSL message")) {
            return "the server does not speak TLS on this port";
        }
        if (message.startsWith("(") && message.contains(") ")) {
            // JSSE writes the name of the alert first.
            message = message.substring(message.indexOf(") ") + 2);
        }
        return message.isEmpty()
                ? failure.toString()
                : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }
}
