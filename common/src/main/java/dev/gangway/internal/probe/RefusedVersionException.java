package dev.gangway.internal.probe;

import javax.net.ssl.SSLException;

/** The server's answer to the ClientHello is that it does not accept its TLS version. */
final class RefusedVersionException extends SSLException {
    private static final long serialVersionUID = 1L;

    private static final int ALERT = 21;
    private static final int DESCRIPTION_AT = 6;
    // A server that does not know TLS 1.3 takes its ClientHello for one of TLS 1.2 without a usable cipher suite.
    private static final int HANDSHAKE_FAILURE = 40;
    private static final int PROTOCOL_VERSION = 70;

    RefusedVersionException(SSLException failure) {
        super(failure.getMessage(), failure);
    }

    /**
     * Only a server's first record says it: later in a handshake, {@code handshake_failure} may refuse the client's
     * certificate.
     *
     * @param received all bytes from the server
     */
    static boolean isAnswer(byte[] received) {
        return received.length > DESCRIPTION_AT
                && received[0] == ALERT
                && (received[DESCRIPTION_AT] == PROTOCOL_VERSION || received[DESCRIPTION_AT] == HANDSHAKE_FAILURE);
    }
}
