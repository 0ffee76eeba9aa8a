package dev.gangway.examples.ladder;

import dev.gangway.examples.relay.Direction;
import java.time.Duration;
import java.util.List;

/**
 * One TLS record.
 *
 * @param at when the balancer forwarded its last byte, as the time since the first record of the connection
 * @param contentType unencrypted, RFC 8446 section 5.1; application data for all encrypted records of TLS 1.3
 * @param length of its content, in bytes
 * @param encrypted whether only the length of its content is known
 * @param messages the handshake messages that end in this record, if it is not encrypted
 */
public record TlsRecord(
        Direction direction,
        Duration at,
        int contentType,
        int length,
        boolean encrypted,
        List<HandshakeMessage> messages) {
    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;

    String typeName() {
        return switch (contentType) {
            case CHANGE_CIPHER_SPEC -> "ChangeCipherSpec";
            case ALERT -> "Alert";
            case HANDSHAKE -> "Handshake";
            case APPLICATION_DATA -> "ApplicationData";
            default -> "record of type " + contentType;
        };
    }
}
