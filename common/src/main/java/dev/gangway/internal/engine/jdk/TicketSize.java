package dev.gangway.internal.engine.jdk;

/**
 * The size from which SunJSSE would not take a ticket. A client sends its ticket in its ClientHello, and a server of SunJSSE
 * ends a connection whose hello is too long. A client of SunJSSE, with the same default, ends a connection in which it gets a
 * ticket that is too long.
 */
final class TicketSize {
    /** Bytes of a client's flight that are too few for a large ticket. */
    static final int CERTAINLY_SMALL = 4 * 1024;

    // SunJSSE's property, and its default, which counts for clients even if this server has a larger value.
    private static final String PROPERTY = "jdk.tls.maxHandshakeMessageSize";
    private static final int DEFAULT = 32 * 1024;
    // For everything else in a ClientHello: key shares of hybrid key exchange, names, protocols.
    private static final int REST_OF_HELLO = 4 * 1024;

    private TicketSize() {}

    /** Whether a ticket of {@code length} bytes, without its encryption's, can be offered to this server. */
    static boolean isAccepted(int length) {
        return length <= limit(Integer.getInteger(PROPERTY, DEFAULT));
    }

    /** The longest ticket for SunJSSE's limit of a handshake message. */
    static int limit(int longestMessage) {
        int both = Math.min(longestMessage, DEFAULT);
        return Math.max(both - REST_OF_HELLO, both / 2);
    }
}
