package dev.gangway.internal.selftest;

import java.util.Objects;

/**
 * How it was shown that a connector resumes sessions from tickets of the shared keys.
 *
 * @param kind how it was tested, or why not
 * @param detail one line for display: what was tested, or what failed, or why no more could be tested
 */
public record Evidence(Kind kind, String detail) {
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
    public static final Evidence NOT_YET = new Evidence(Kind.NOT_YET, "it has not been tested through its socket yet");

    public Evidence {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(detail, "detail");
    }

    static Evidence throughSocket(String detail) {
        return new Evidence(Kind.THROUGH_SOCKET, detail);
    }

    /** @param reason why it cannot be tested through its socket */
    public static Evidence inMemoryOnly(String reason) {
        return new Evidence(Kind.IN_MEMORY_ONLY, reason);
    }

    /** @param reason why it could not be tested yet */
    static Evidence notYet(String reason) {
        return new Evidence(Kind.NOT_YET, reason);
    }

    /** Whether the test should be repeated, because its result may be temporary. */
    public boolean isToBeRepeated() {
        return kind == Kind.FAILED || kind == Kind.NOT_YET;
    }

    /** @param reason what failed */
    public static Evidence failed(String reason) {
        return new Evidence(Kind.FAILED, reason);
    }
}
