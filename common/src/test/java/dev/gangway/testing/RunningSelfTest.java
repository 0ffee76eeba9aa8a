package dev.gangway.testing;

import java.util.stream.Stream;

/** Finds self-tests of connectors in the stack traces of this JVM. */
public final class RunningSelfTest {
    private RunningSelfTest() {}

    /** Whether a self-test does a handshake through a socket at this moment. */
    public static boolean isConnected() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Stream::of)
                .anyMatch(frame -> frame.getClassName().equals("dev.gangway.internal.selftest.SocketHandshake"));
    }
}
