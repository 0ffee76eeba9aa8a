package dev.gangway.examples.ladder;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Describes in words what an unencrypted message contains about tickets. */
final class TicketFacts {
    private static final int SESSION_TICKET = 35;
    private static final int PRE_SHARED_KEY = 41;
    private static final int RANDOM_LENGTH = 32;
    private static final int SHOWN = 8;

    private TicketFacts() {}

    /** One line for each fact; empty if the message does not concern tickets. */
    static List<String> of(HandshakeMessage message) {
        return switch (message.type()) {
            case HandshakeMessage.CLIENT_HELLO -> clientHello(message.body());
            case HandshakeMessage.SERVER_HELLO -> serverHello(message.body());
            case HandshakeMessage.NEW_SESSION_TICKET -> newSessionTicket(message.body());
            default -> List.of();
        };
    }

    private static List<String> clientHello(ByteBuffer hello) {
        skip(hello, 2 + RANDOM_LENGTH);
        skip(hello, uint8(hello)); // session id
        skip(hello, uint16(hello)); // cipher suites
        skip(hello, uint8(hello)); // compression methods
        List<String> facts = new ArrayList<>();
        for (Extension extension : extensions(hello)) {
            if (extension.type() == PRE_SHARED_KEY) {
                uint16(extension.body()); // length of all identities
                facts.add("pre_shared_key: " + ticket(extension.body()));
            } else if (extension.type() == SESSION_TICKET) {
                int length = extension.body().remaining();
                facts.add(
                        length == 0
                                ? "session_ticket: empty, none yet"
                                : "session_ticket: " + ticket(extension.body(), length));
            }
        }
        return facts;
    }

    private static List<String> serverHello(ByteBuffer hello) {
        skip(hello, 2 + RANDOM_LENGTH);
        skip(hello, uint8(hello)); // session id
        skip(hello, 3); // cipher suite, compression method
        List<String> facts = new ArrayList<>();
        for (Extension extension : extensions(hello)) {
            if (extension.type() == PRE_SHARED_KEY) {
                facts.add("pre_shared_key: selects PSK " + uint16(extension.body()));
            } else if (extension.type() == SESSION_TICKET) {
                facts.add("session_ticket: a new one follows");
            }
        }
        return facts;
    }

    // By RFC 5077 section 3.3, because in TLS 1.3 this message is always encrypted.
    private static List<String> newSessionTicket(ByteBuffer body) {
        long lifetimeHint = body.getInt() & 0xffffffffL;
        return List.of("lifetime hint " + lifetimeHint + " s", ticket(body));
    }

    private static String ticket(ByteBuffer lengthAndTicket) {
        return ticket(lengthAndTicket, uint16(lengthAndTicket));
    }

    // SunJSSE's tickets begin with four unencrypted bytes that identify their key.
    private static String ticket(ByteBuffer buffer, int length) {
        byte[] start = new byte[Math.min(length, SHOWN)];
        buffer.get(start);
        HexFormat hex = HexFormat.of();
        String numbered = start.length < Integer.BYTES
                ? hex.formatHex(start)
                : hex.formatHex(start, 0, Integer.BYTES) + " " + hex.formatHex(start, Integer.BYTES, start.length);
        return "ticket of " + length + " bytes, " + numbered + "...";
    }

    private static List<Extension> extensions(ByteBuffer hello) {
        List<Extension> extensions = new ArrayList<>();
        if (hello.hasRemaining()) {
            uint16(hello); // length of all extensions
        }
        while (hello.hasRemaining()) {
            int type = uint16(hello);
            int length = uint16(hello);
            extensions.add(new Extension(type, hello.slice(hello.position(), length)));
            skip(hello, length);
        }
        return extensions;
    }

    private static int uint8(ByteBuffer buffer) {
        return buffer.get() & 0xff;
    }

    private static int uint16(ByteBuffer buffer) {
        return buffer.getShort() & 0xffff;
    }

    private static void skip(ByteBuffer buffer, int bytes) {
        buffer.position(buffer.position() + bytes);
    }

    private record Extension(int type, ByteBuffer body) {}
}
