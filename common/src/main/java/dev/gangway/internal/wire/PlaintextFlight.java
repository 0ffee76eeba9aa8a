package dev.gangway.internal.wire;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The handshake messages that one side sent in cleartext: from its first byte to its first encrypted record (or
 * ChangeCipherSpec in TLS 1.2), or to the end of the available bytes.
 *
 * @param messages in order
 * @param ended whether the cleartext part is over, so that no message can follow
 */
record PlaintextFlight(List<Message> messages, boolean ended) {
    static final int CLIENT_HELLO = 1;
    static final int SERVER_HELLO = 2;
    static final int NEW_SESSION_TICKET = 4;
    static final int CERTIFICATE = 11;

    private static final int CHANGE_CIPHER_SPEC_RECORD = 20;
    private static final int HANDSHAKE_RECORD = 22;

    /** One handshake message: its type (RFC 8446 section 4, {@code HandshakeType}) and its body. */
    static final class Message {
        private final int type;
        private final byte[] body;

        Message(int type, byte[] body) {
            this.type = type;
            this.body = body;
        }

        int type() {
            return type;
        }

        ByteReader body() {
            return new ByteReader(body);
        }
    }

    static PlaintextFlight read(byte[] wire) {
        ByteArrayOutputStream handshake = new ByteArrayOutputStream();
        boolean ended = false;
        ByteReader records = new ByteReader(wire);
        while (!ended && records.remaining() >= 5) {
            int type = records.uint8();
            records.uint16();
            int length = records.uint16();
            if (length > records.remaining()) {
                break;
            }
            byte[] content = records.take(length);
            if (type == HANDSHAKE_RECORD) {
                handshake.writeBytes(content);
            } else {
                // A TLS 1.3 client may send a meaningless ChangeCipherSpec between two ClientHellos (RFC 8446 appendix
                // D.4): it ends the cleartext part only if no further cleartext handshake record follows.
                ended = type != CHANGE_CIPHER_SPEC_RECORD || !isHandshakeHello(records);
            }
        }
        return new PlaintextFlight(messages(handshake.toByteArray()), ended);
    }

    private static boolean isHandshakeHello(ByteReader records) {
        if (records.remaining() < 6) {
            return false;
        }
        ByteReader ahead = records.lookAhead();
        int recordType = ahead.uint8();
        ahead.take(4);
        int messageType = ahead.uint8();
        return recordType == HANDSHAKE_RECORD && (messageType == CLIENT_HELLO || messageType == SERVER_HELLO);
    }

    private static List<Message> messages(byte[] handshake) {
        List<Message> messages = new ArrayList<>();
        ByteReader reader = new ByteReader(handshake);
        while (reader.remaining() >= 4) {
            int type = reader.uint8();
            int length = reader.uint24();
            if (length > reader.remaining()) {
                break;
            }
            messages.add(new Message(type, reader.take(length)));
        }
        return messages;
    }
}
