package dev.gangway.examples.ladder;

import dev.gangway.internal.wire.PlaintextMessages;
import java.nio.ByteBuffer;
import java.util.Map;

/** A handshake message that was sent unencrypted. */
public final class HandshakeMessage {
    static final int CLIENT_HELLO = 1;
    static final int SERVER_HELLO = 2;
    static final int NEW_SESSION_TICKET = 4;

    // RFC 8446 section 4 and RFC 5246 section 7.4, HandshakeType.
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0, "HelloRequest"),
            Map.entry(CLIENT_HELLO, "ClientHello"),
            Map.entry(SERVER_HELLO, "ServerHello"),
            Map.entry(NEW_SESSION_TICKET, "NewSessionTicket"),
            Map.entry(8, "EncryptedExtensions"),
            Map.entry(11, "Certificate"),
            Map.entry(12, "ServerKeyExchange"),
            Map.entry(13, "CertificateRequest"),
            Map.entry(14, "ServerHelloDone"),
            Map.entry(15, "CertificateVerify"),
            Map.entry(16, "ClientKeyExchange"),
            Map.entry(20, "Finished"),
            Map.entry(22, "CertificateStatus"));

    private final int type;
    private final int bodyLength;
    private final byte[] body;

    /** @param body of a hello or a ticket; may be empty for other messages, even if {@code bodyLength} is not 0 */
    HandshakeMessage(int type, int bodyLength, byte[] body) {
        this.type = type;
        this.bodyLength = bodyLength;
        this.body = body;
    }

    int type() {
        return type;
    }

    public String name() {
        return NAMES.getOrDefault(type, "message " + type);
    }

    /** The length in bytes, with the header. */
    public int length() {
        return PlaintextMessages.MESSAGE_HEADER + bodyLength;
    }

    ByteBuffer body() {
        return ByteBuffer.wrap(body).asReadOnlyBuffer();
    }
}
