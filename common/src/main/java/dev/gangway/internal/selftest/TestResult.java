package dev.gangway.internal.selftest;

import java.util.Objects;

/**
 * How it was shown that a connector resumes sessions from tickets of the shared keys.
 *
 * @param kind how it was tested, or why not
 * @param detail one line for display: what was tested, or what failed, or why no more could be tested
 */
public record TestResult(Kind kind, String detail) {
    /** From best to worst. */
    public enum Kind {
        /** A client connected through the connector's own socket, got a ticket, and resumed with it. */
        THROUGH_SOCKET,
        /** The connector cannot be tested through its socket; its TLS context was tested with handshakes in memory. */
        IN_MEMORY_ONLY,
        /** It has not been tested through its socket yet. Its TLS context was tested with handshakes in memory. */
        NOT_YET,
        /** The test through its socket failed. */
        FAILED
    }

    /** For a connector that has been opened and not tested yet. */
    public static final TestResult NOT_YET =
            new TestResult(Kind.NOT_YET, "it has not been tested through its socket yet");

    public TestResult {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(detail, "detail");
    }

    static TestResult throughSocket(String detail) {
        return new TestResult(Kind.THROUGH_SOCKET, detail);
    }

    /** @param reason why it cannot be tested through its socket */
    public static TestResult inMemoryOnly(String reason) {
        return new TestResult(Kind.IN_MEMORY_ONLY, reason);
    }

    /** @param reason why it could not be tested yet */
    static TestResult notYet(String reason) {
        return new TestResult(Kind.NOT_YET, reason);
    }

    /** Whether the test should be repeated, because its result may be temporary. */
    public boolean isToBeRepeated() {
        return kind == Kind.FAILED || kind == Kind.NOT_YET;
    }

    /** @param reason what failed */
    public static TestResult failed(String reason) {
        return new TestResult(Kind.FAILED, reason);
    }
}
