package dev.gangway.internal.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * The handshake messages one side sent in clear: from its first byte up to its first encrypted record (or
 * ChangeCipherSpec in TLS 1.2), as far as the bytes at hand go.
 */
final class PlaintextFlight extends PlaintextMessages {
    static final int CLIENT_HELLO = 1;
    static final int SERVER_HELLO = 2;
    static final int NEW_SESSION_TICKET = 4;
    static final int CERTIFICATE = 11;

    // A length has three bytes.
    private static final int LONGEST_MESSAGE = 0xffffff;

    /** One handshake message: its type (RFC 8446 section 4, {@code HandshakeType}) and the body of hellos and tickets. */
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

    private final boolean asksAgain;
    private final List<Message> messages = new ArrayList<>();
    private boolean awaitsHello;
    private boolean ended;

    /** @param asksAgain whether the server sent a HelloRetryRequest */
    private PlaintextFlight(boolean asksAgain) {
        this.asksAgain = asksAgain;
    }

    /** @throws IndexOutOfBoundsException if what is there is not TLS */
    static PlaintextFlight ofServer(byte[] wire) {
        PlaintextFlight server = new PlaintextFlight(false);
        server.read(wire, 0, wire.length);
        return server;
    }

    /**
     * @param server what the server sent meanwhile
     * @throws IndexOutOfBoundsException if what is there is not TLS
     */
    static PlaintextFlight ofClient(byte[] wire, PlaintextFlight server) {
        PlaintextFlight client = new PlaintextFlight(server.all().stream().anyMatch(PlaintextFlight::isRetry));
        client.read(wire, 0, wire.length);
        return client;
    }

    /** In order. */
    List<Message> all() {
        return messages;
    }

    /** Whether the clear part is over, so that no message can follow. */
    boolean ended() {
        return ended;
    }

    @Override
    protected boolean isClear() {
        return !ended;
    }

    // What is read has been kept already, so its length is no danger.
    @Override
    protected int longestWanted() {
        return LONGEST_MESSAGE;
    }

    @Override
    protected boolean wants(int type) {
        return type == CLIENT_HELLO || type == SERVER_HELLO || type == NEW_SESSION_TICKET;
    }

    @Override
    protected void onMessage(int type, ByteReader body) {
        Message message = new Message(type, body.takeRest());
        awaitsHello = type == CLIENT_HELLO ? asksAgain && messages.isEmpty() : isRetry(message);
        messages.add(message);
    }

    @Override
    protected boolean mustEndRecord() {
        return false;
    }

    @Override
    protected void onRecord(int type, int length) {
        // Between two hellos, TLS 1.3 has a ChangeCipherSpec that means nothing (RFC 8446 appendix D.4).
        ended |= type != HANDSHAKE_RECORD && !(type == CHANGE_CIPHER_SPEC_RECORD && awaitsHello);
    }

    private static boolean isRetry(Message message) {
        return message.type() == SERVER_HELLO && Hello.ofServer(message.body()).isRetry();
    }
}
