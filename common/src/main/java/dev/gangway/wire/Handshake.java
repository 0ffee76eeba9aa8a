package dev.gangway.wire;

import dev.gangway.wire.PlaintextFlight.Message;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the plaintext part of one handshake tells: which ticket the client offered, and whether the server took it up.
 * Read from the bytes of both directions; more bytes than the handshake do no harm, fewer give fewer answers.
 */
public final class Handshake {
    private static final int EXTENSION_SESSION_TICKET = 35;
    private static final int EXTENSION_PRE_SHARED_KEY = 41;
    private static final int EXTENSION_SUPPORTED_VERSIONS = 43;
    private static final int TLS_1_2 = 0x0303;
    private static final int TLS_1_3 = 0x0304;

    // RFC 8446 section 4.1.3: a ServerHello with this random is a HelloRetryRequest.
    private static final byte[] RETRY_RANDOM =
            HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    private final PlaintextFlight client;
    private final PlaintextFlight server;
    private final Optional<Hello> clientHello;
    private final Optional<Hello> serverHello;

    private Handshake(PlaintextFlight client, PlaintextFlight server) {
        this.client = client;
        this.server = server;
        this.clientHello = lastHello(client, PlaintextFlight.CLIENT_HELLO);
        this.serverHello = lastHello(server, PlaintextFlight.SERVER_HELLO).filter(hello -> !hello.isRetry());
    }

    /**
     * @param fromClient all bytes the client sent, from the first on
     * @param fromServer all bytes the server sent, from the first on
     * @throws IndexOutOfBoundsException if what is there is not TLS
     */
    public static Handshake read(byte[] fromClient, byte[] fromServer) {
        return new Handshake(PlaintextFlight.read(fromClient), PlaintextFlight.read(fromServer));
    }

    /** The ticket in the last ClientHello: a session ticket (TLS 1.2) or the first PSK identity (TLS 1.3). */
    public Optional<byte[]> offeredTicket() {
        return clientHello.flatMap(hello -> hello.firstPskIdentity().or(hello::sessionTicket));
    }

    /** {@code TLSv1.3}, {@code TLSv1.2}, …; empty before the ServerHello. */
    public Optional<String> protocol() {
        return serverHello.map(hello -> switch (hello.version()) {
            case TLS_1_3 -> "TLSv1.3";
            case TLS_1_2 -> "TLSv1.2";
            default -> "0x" + Integer.toHexString(hello.version());
        });
    }

    /**
     * Whether the server resumed: in TLS 1.3 its ServerHello selects a PSK, in TLS 1.2 it goes on without a certificate.
     * Empty while the bytes do not tell yet, or if the server never got that far.
     */
    public Optional<Boolean> resumed() {
        if (serverHello.isEmpty()) {
            return Optional.empty();
        }
        if (serverHello.get().version() == TLS_1_3) {
            return Optional.of(
                    serverHello.get().extension(EXTENSION_PRE_SHARED_KEY).isPresent());
        }
        if (server.messages().stream().anyMatch(message -> message.type() == PlaintextFlight.CERTIFICATE)) {
            return Optional.of(false);
        }
        return server.ended() ? Optional.of(true) : Optional.empty();
    }

    /** The ticket the server issued in clear, which only TLS 1.2 does (RFC 5077 section 3.3). */
    public Optional<byte[]> issuedTicket() {
        return server.messages().stream()
                .filter(message -> message.type() == PlaintextFlight.NEW_SESSION_TICKET)
                .findFirst()
                .map(message -> {
                    ByteReader reader = message.body();
                    reader.take(4); // lifetime hint
                    return reader.take(reader.uint16());
                });
    }

    /** The lifetime in seconds that the server promised with {@link #issuedTicket()}. */
    public Optional<Integer> issuedLifetimeSeconds() {
        return server.messages().stream()
                .filter(message -> message.type() == PlaintextFlight.NEW_SESSION_TICKET)
                .findFirst()
                .map(message -> {
                    ByteReader reader = message.body();
                    return reader.uint16() << 16 | reader.uint16();
                });
    }

    /** Types of the clear messages the client sent, RFC 8446 section 4 {@code HandshakeType}. */
    public List<Integer> clientMessages() {
        return client.messages().stream().map(Message::type).toList();
    }

    /** Types of the clear messages the server sent, RFC 8446 section 4 {@code HandshakeType}. */
    public List<Integer> serverMessages() {
        return server.messages().stream().map(Message::type).toList();
    }

    private static Optional<Hello> lastHello(PlaintextFlight flight, int type) {
        return flight.messages().stream()
                .filter(message -> message.type() == type)
                .reduce((first, second) -> second)
                .map(message -> Hello.read(message.body(), type == PlaintextFlight.CLIENT_HELLO));
    }

    private record Hello(int legacyVersion, boolean isRetry, Map<Integer, byte[]> extensions) {
        static Hello read(ByteReader reader, boolean fromClient) {
            int version = reader.uint16();
            boolean isRetry = Arrays.equals(reader.take(32), RETRY_RANDOM);
            reader.take(reader.uint8()); // session id
            reader.take(fromClient ? reader.uint16() : 2); // cipher suites
            reader.take(fromClient ? reader.uint8() : 1); // compression methods
            Map<Integer, byte[]> extensions = new TreeMap<>();
            if (reader.remaining() > 0) {
                ByteReader all = reader.slice(reader.uint16());
                while (all.remaining() > 0) {
                    int type = all.uint16();
                    extensions.put(type, all.take(all.uint16()));
                }
            }
            return new Hello(version, isRetry, extensions);
        }

        Optional<byte[]> extension(int type) {
            return Optional.ofNullable(extensions.get(type));
        }

        int version() {
            return extension(EXTENSION_SUPPORTED_VERSIONS)
                    .map(selected -> new ByteReader(selected).uint16())
                    .orElse(legacyVersion);
        }

        Optional<byte[]> sessionTicket() {
            return extension(EXTENSION_SESSION_TICKET).filter(ticket -> ticket.length > 0);
        }

        Optional<byte[]> firstPskIdentity() {
            return extension(EXTENSION_PRE_SHARED_KEY).map(body -> {
                ByteReader identities = new ByteReader(body);
                identities.uint16(); // length of all identities
                return identities.take(identities.uint16());
            });
        }
    }
}
