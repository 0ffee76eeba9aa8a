package dev.gangway.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.ClientAuth;
import dev.gangway.internal.context.Connector;
import dev.gangway.internal.context.TicketOnlySslContext;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.LongForm;
import dev.gangway.testing.LongNames;
import dev.gangway.testing.Nodes;
import dev.gangway.testing.TicketClient;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real tickets with each byte changed, or truncated to each length: the server does a full handshake. An ordinary build
 * tries all positions near both ends of a ticket, where lengths and marks are, and only some between.
 */
@Tag("engine")
class ChangedTicketsTest {
    private static final Certificates.Held SERVER = Certificates.server("localhost");
    private static final Certificates.Held AUTHORITY = Certificates.authority("authority");
    private static final Certificates.Held CLIENT =
            Certificates.client("client", Certificates.intermediate("intermediate", AUTHORITY));
    private static final int NEAR = 24;
    private static final int STEP = 61;
    // The position at which Java 25 stores whether a ticket is compressed.
    private static final int MARK_AT = 20;

    static Stream<Arguments> tickets() {
        return Stream.of("jdk", "conscrypt")
                .flatMap(engine -> Stream.of("TLSv1.2", "TLSv1.3")
                        .flatMap(protocol -> Stream.of(ClientAuth.NONE, ClientAuth.REQUIRED)
                                .flatMap(mode -> Stream.of(9, 255)
                                        .map(length -> Arguments.of(engine, protocol, mode, length)))));
    }

    @ParameterizedTest
    @MethodSource("tickets")
    void ticket_anyByteChangedOrCutOff_costsAFullHandshakeAndNoMore(
            String engine, String protocol, ClientAuth mode, int nameLength) throws Exception {
        Nodes.assumeUsable(engine);
        SSLContext node = node(engine, mode);
        TicketClient client = TicketClient.of(protocol, Certificates.keyManagers(CLIENT))
                .withServerName(LongNames.ofLength(nameLength));
        client.connect(server(node, mode));
        byte[] ticket = client.connect(server(node, mode)).offeredTicket().orElse(new byte[0]);
        boolean hasNone = engine.equals("jdk") && !LongNames.isReadBySunJsse(nameLength);
        assertThat(ticket.length == 0).isEqualTo(hasNone);
        if (hasNone) {
            return;
        }

        // TLS 1.3 has no empty identities.
        for (int at = protocol.equals("TLSv1.3") ? 1 : 0; at < ticket.length; at = next(at, ticket.length)) {
            // The length of compressed tickets varies slightly.
            int fromEnd = at < ticket.length / 2 ? 0 : ticket.length - at;
            int fromStart = at;
            ToIntFunction<byte[]> position = issued -> fromEnd == 0 ? fromStart : issued.length - fromEnd;
            assertFull(
                    client,
                    node,
                    mode,
                    issued -> changed(issued, position.applyAsInt(issued), 0x40),
                    "changed at " + at + " of " + ticket.length);
            assertFull(
                    client,
                    node,
                    mode,
                    issued -> Arrays.copyOf(issued, position.applyAsInt(issued)),
                    "cut off at " + at + " of " + ticket.length);
        }
        for (int bits = 1; bits < 0x100; bits += LongForm.isAskedFor() ? 1 : bits) {
            int change = bits;
            assertFull(client, node, mode, issued -> changed(issued, MARK_AT, change), "mark changed by " + bits);
        }
        assertFull(client, node, mode, issued -> Arrays.copyOf(issued, issued.length + 1), "one byte more");
    }

    private static int next(int at, int length) {
        boolean isNearAnEnd = at < NEAR || at > length - NEAR;
        return at + (isNearAnEnd || LongForm.isAskedFor() ? 1 : Math.min(STEP, length - NEAR - at + 1));
    }

    private static byte[] changed(byte[] ticket, int at, int bits) {
        byte[] changed = ticket.clone();
        changed[at] ^= (byte) bits;
        return changed;
    }

    // After each handshake the client has a new ticket, or still the previous one.
    private static void assertFull(
            TicketClient client, SSLContext node, ClientAuth mode, UnaryOperator<byte[]> change, String what)
            throws Exception {
        assertThat(client.replaceTickets(change)).as("a ticket to change").isTrue();
        try {
            assertThat(client.resumes(server(node, mode))).as(what).isFalse();
        } catch (SSLException e) {
            throw new AssertionError(what + ": the handshake failed", e);
        }
    }

    private static SSLContext node(String engine, ClientAuth mode) throws Exception {
        FixedSource source = new FixedSource(KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom()));
        TicketKeyManager manager = TicketKeyManager.open(source, TicketPolicy.DEFAULT, InstantSource.system());
        SSLContext context = TicketOnlySslContext.create(
                Nodes.engine(engine), new HandshakeRecorder(manager), Connector.of("", mode), "TLS");
        context.init(Certificates.keyManagers(SERVER), Certificates.trustManagers(AUTHORITY), null);
        return context;
    }

    private static SSLEngine server(SSLContext context, ClientAuth mode) {
        SSLEngine server = context.createSSLEngine();
        server.setUseClientMode(false);
        server.setNeedClientAuth(mode == ClientAuth.REQUIRED);
        return server;
    }
}
