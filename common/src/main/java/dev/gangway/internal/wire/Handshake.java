package dev.gangway.internal.wire;

import dev.gangway.internal.wire.PlaintextFlight.Message;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The plaintext part of one handshake: which ticket the client offered, and whether the server accepted it. Parsed from
 * the bytes of both directions. Bytes after the handshake are ignored; missing bytes give fewer answers.
 */
public final class Handshake {
    private final PlaintextFlight client;
    private final PlaintextFlight server;
    private final Optional<Hello> clientHello;
    private final Optional<Hello> serverHello;

    private Handshake(PlaintextFlight client, PlaintextFlight server) {
        this.client = client;
        this.server = server;
        this.clientHello = lastHello(client, PlaintextFlight.CLIENT_HELLO, Hello::ofClient);
        this.serverHello =
                lastHello(server, PlaintextFlight.SERVER_HELLO, Hello::ofServer).filter(hello -> !hello.isRetry());
    }

    /**
     * @param fromClient all bytes the client sent, from the first on
     * @param fromServer all bytes the server sent, from the first on
     * @throws IndexOutOfBoundsException if the bytes are not TLS
     */
    public static Handshake read(byte[] fromClient, byte[] fromServer) {
        PlaintextFlight server = PlaintextFlight.ofServer(fromServer);
        return new Handshake(PlaintextFlight.ofClient(fromClient, server), server);
    }

    /** The ticket in the last ClientHello: a session ticket (TLS 1.2) or the first PSK identity (TLS 1.3). */
    public Optional<byte[]> offeredTicket() {
        return clientHello.flatMap(hello -> hello.preSharedKey()
                .map(offered -> Hello.pskIdentity(offered, 0))
                .or(hello::sessionTicket)
                .map(ByteReader::takeRest));
    }

    /** {@code TLSv1.3}, {@code TLSv1.2}, …; empty before the ServerHello. */
    public Optional<String> protocol() {
        return serverHello.map(hello -> Hello.protocol(hello.version()));
    }

    /**
     * Whether the server resumed: in TLS 1.3 its ServerHello selects a PSK, in TLS 1.2 it continues without a
     * certificate. Empty while the bytes do not show it yet, or if the server never answered that far.
     */
    public Optional<Boolean> resumed() {
        if (serverHello.isEmpty()) {
            return Optional.empty();
        }
        if (serverHello.get().version() == Hello.TLS_1_3) {
            return Optional.of(serverHello.get().selectsPsk());
        }
        if (server.all().stream().anyMatch(message -> message.type() == PlaintextFlight.CERTIFICATE)) {
            return Optional.of(false);
        }
        return server.ended() ? Optional.of(true) : Optional.empty();
    }

    /** The ticket that the server issued in cleartext, which happens only in TLS 1.2 (RFC 5077 section 3.3). */
    public Optional<byte[]> issuedTicket() {
        return server.all().stream()
                .filter(message -> message.type() == PlaintextFlight.NEW_SESSION_TICKET)
                .findFirst()
                .map(message -> {
                    ByteReader reader = message.body();
                    reader.take(4); // lifetime hint
                    return reader.take(reader.uint16());
                });
    }

    /** The lifetime in seconds that the server sent with {@link #issuedTicket()}. */
    public Optional<Integer> issuedLifetimeSeconds() {
        return server.all().stream()
                .filter(message -> message.type() == PlaintextFlight.NEW_SESSION_TICKET)
                .findFirst()
                .map(message -> {
                    ByteReader reader = message.body();
                    return reader.uint16() << 16 | reader.uint16();
                });
    }

    /** Types of the cleartext messages that the client sent, RFC 8446 section 4 {@code HandshakeType}. */
    public List<Integer> clientMessages() {
        return client.all().stream().map(Message::type).toList();
    }

    /** Types of the cleartext messages that the server sent, RFC 8446 section 4 {@code HandshakeType}. */
    public List<Integer> serverMessages() {
        return server.all().stream().map(Message::type).toList();
    }

    private static Optional<Hello> lastHello(PlaintextFlight messages, int type, Function<ByteReader, Hello> reading) {
        return messages.all().stream()
                .filter(message -> message.type() == type)
                .reduce((first, second) -> second)
                .map(message -> reading.apply(message.body()));
    }
}
