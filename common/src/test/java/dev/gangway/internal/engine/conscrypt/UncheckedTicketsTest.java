package dev.gangway.internal.engine.conscrypt;

import static dev.gangway.internal.engine.conscrypt.SealedTickets.integer;
import static dev.gangway.internal.engine.conscrypt.SealedTickets.seal;
import static dev.gangway.internal.engine.conscrypt.SealedTickets.session;
import static dev.gangway.internal.engine.conscrypt.SealedTickets.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.ClientAuth;
import dev.gangway.internal.engine.ClientAuthentication;
import dev.gangway.internal.engine.ConnectionTickets;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.engine.ObservedSslEngine;
import dev.gangway.internal.engine.TicketSeal;
import dev.gangway.internal.engine.TlsServer;
import dev.gangway.internal.keys.KeyDerivation;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.Scope;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.wire.Handshake;
import dev.gangway.internal.wire.HandshakeReader;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.TicketClient;
import dev.gangway.testing.TlsBytes;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tickets that BoringSSL may be able to open, and that Gangway cannot check or must not accept any more. */
@Tag("conscrypt")
class UncheckedTicketsTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ConscryptTicketEngine ENGINE = ConscryptTicketEngine.create();
    private static final Certificates.Held SERVER = Certificates.server("localhost");
    private static final Certificates.Held AUTHORITY = Certificates.authority("authority");
    private static final KeyDerivation DERIVATION =
            KeyDerivation.of("boringssl", Scope.of("", ClientAuth.REQUIRED, List.of()));

    private final TicketKey first =
            KeyRotation.DEFAULT.initialKeys(Instant.now(), RANDOM).get(0);
    private final KeyRing withFirst = KeyRing.of(Optional.of(first), List.of());
    private final TicketKey second = TicketKey.random(first.times().orElseThrow(), RANDOM);
    private final KeyRing withoutFirst = KeyRing.of(Optional.of(second), List.of());
    private FailingMemory memory;
    private boolean trusts = true;
    private SSLContext context;
    private ConscryptTicketKeys keys;

    @BeforeEach
    void install() throws Exception {
        memory = new FailingMemory(ProcessMemory.find());
        context = ENGINE.newContext("TLS");
        context.init(Certificates.keyManagers(SERVER), Certificates.trustManagers(AUTHORITY), null);
        TlsServer server = new TlsServer(context, this::engine, ClientAuthentication.NONE, List.of());
        keys = new ConscryptTicketKeys(
                NativeContext.of(ENGINE, server, memory),
                ConscryptInternals.find(),
                DERIVATION,
                new ClientAuthentication(ClientAuth.REQUIRED, Optional.of((chain, engine) -> trusts)),
                TicketPolicy.DEFAULT,
                InstantSource.system(),
                InstantSource.system());
        keys.apply(withFirst);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void ticket_keyDestroyedByAChangeMeanwhile_isNotAcceptedUnchecked(String protocol) throws Exception {
        TicketClient client = client(protocol);
        client.connect(observed());
        assertThat(client.resumes(observed())).as("checked").isTrue();
        trusts = false;
        opening().values().forEach(NativeKey::destroy);

        assertThat(client.resumes(observed())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void ticket_keyHasLeftTheRingThatCannotBeWritten_isNotAccepted(String protocol) throws Exception {
        TicketClient client = client(protocol);
        client.connect(observed());
        memory.fails = true;

        assertThatThrownBy(() -> keys.apply(withoutFirst)).isInstanceOf(InstallationException.class);

        Handshake handshake = client.connect(observed());
        assertThat(handshake.resumed()).contains(false);
        assertThat(handshake.issuedTicket())
                .as("of a key that has left the ring")
                .isEmpty();
        assertThat(keys.isKnown(nameInTickets(first))).isFalse();

        memory.fails = false;
        keys.apply(withoutFirst);

        TicketClient later = client(protocol);
        // In TLS 1.3 tickets are encrypted.
        assertThat(later.connect(observed())
                        .issuedTicket()
                        .flatMap(keys::sealOf)
                        .map(TicketSeal::key))
                .isEqualTo(protocol.equals("TLSv1.2") ? Optional.of(second.name()) : Optional.empty());
        assertThat(later.resumes(observed())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void ticket_keyIsStillInTheRingThatCannotBeWritten_isAccepted(String protocol) throws Exception {
        TicketClient client = client(protocol);
        client.connect(observed());
        memory.fails = true;

        assertThatThrownBy(() -> keys.apply(KeyRing.of(Optional.of(second), List.of(first))))
                .isInstanceOf(InstallationException.class);

        assertThat(client.resumes(observed())).isTrue();
        assertThat(client.resumes(observed())).as("again").isTrue();
    }

    @Test
    void open_keysAreReplacedMeanwhile_opensEachTime() throws Exception {
        byte[] ticket = client("TLSv1.2").connect(observed()).issuedTicket().orElseThrow();
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> opened = thread.submit(() -> {
                int count = 0;
                do {
                    assertThat(keys.open(ticket)).isPresent();
                    assertThat(keys.isKnown(nameInTickets(first))).isTrue();
                    count++;
                } while (!isOver.get());
                return count;
            });
            for (int i = 0; i < 2_000; i++) {
                keys.apply(withFirst);
            }
            isOver.set(true);
            assertThat(opened.get()).isPositive();
        } finally {
            isOver.set(true);
            thread.shutdownNow();
        }
    }

    @Test
    void apply_failsAgainAndAgain_keepsNoMoreKeys() throws Exception {
        memory.fails = true;
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> keys.apply(withoutFirst)).isInstanceOf(InstallationException.class);
        }

        assertThat(opening()).hasSizeLessThanOrEqualTo(4);
    }

    // A client that holds a leaked key can send both.
    @Test
    void expiredSessionTicketBesideAnAcceptedPsk_itsKeyLeavesTheRing_noTicketIsIssued() throws Exception {
        NativeKey leaked = NativeKey.of(first, DERIVATION);
        long now = Instant.now().getEpochSecond();
        byte[] expired = seal(session(0x0303, now - 10_000, 1), leaked);
        byte[] valid = seal(session(0x0304, now, 7200, tagged(25, integer(7 * 24 * 3600))), leaked);
        ConscryptConnection connection = connection();
        hello(connection, TlsBytes.sessionTicket(expired), TlsBytes.offeredPsks(valid));
        BooleanSupplier mayIssue = mayIssue(connection);
        assertThat(mayIssue.getAsBoolean()).isTrue();

        keys.apply(withoutFirst);

        assertThat(mayIssue.getAsBoolean()).isFalse();
    }

    // BoringSSL resumes from the PSK of the first hello, and does not compare the identity in the second.
    @Test
    void otherPskAfterARetryRequest_keyOfTheFirstLeavesTheRing_noTicketIsIssued() throws Exception {
        NativeKey leaked = NativeKey.of(first, DERIVATION);
        long now = Instant.now().getEpochSecond();
        byte[] valid = seal(session(0x0304, now, 7200, tagged(25, integer(7 * 24 * 3600))), leaked);
        ConscryptConnection connection = connection();
        hello(connection, TlsBytes.offeredPsks(valid));
        hello(connection, TlsBytes.offeredPsks(new byte[64]));
        BooleanSupplier mayIssue = mayIssue(connection);
        assertThat(mayIssue.getAsBoolean()).isTrue();

        keys.apply(withoutFirst);

        assertThat(mayIssue.getAsBoolean()).isFalse();
    }

    private ConscryptConnection connection() {
        return (ConscryptConnection) keys.connection(engine(), ClientAuth.NONE, () -> false);
    }

    private static void hello(ConscryptConnection connection, byte[]... extensions) {
        byte[] hello = TlsBytes.record(TlsBytes.HANDSHAKE, TlsBytes.clientHello(extensions));
        new HandshakeReader(connection::onClientHello).fromClient(ByteBuffer.wrap(hello), 0, hello.length);
    }

    private static BooleanSupplier mayIssue(ConscryptConnection connection) {
        Instant arrived = Instant.now();
        return connection.mayIssue(
                TicketWindow.ofFullHandshake(arrived, arrived, Duration.ofHours(1), InstantSource.fixed(arrived)));
    }

    private static TicketClient client(String protocol) throws Exception {
        return TicketClient.of(protocol, Certificates.keyManagers(Certificates.client("client", AUTHORITY)));
    }

    private static KeyName nameInTickets(TicketKey key) throws InstallationException {
        return KeyName.of(NativeKey.of(key, DERIVATION).name());
    }

    @SuppressWarnings("unchecked")
    private Map<KeyName, NativeKey> opening() throws ReflectiveOperationException {
        Field opening = ConscryptTicketKeys.class.getDeclaredField("opening");
        opening.setAccessible(true);
        return (Map<KeyName, NativeKey>) opening.get(keys);
    }

    private SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        ENGINE.prepare(engine);
        return engine;
    }

    /** Requires a client certificate, and decides on tickets as in a container. */
    private SSLEngine observed() {
        SSLEngine own = engine();
        own.setNeedClientAuth(true);
        return new ObservedSslEngine(own, new Deciding(keys.connection(own, ClientAuth.REQUIRED, () -> false)));
    }

    private static final class Deciding implements ObservedSslEngine.Observer {
        private final ConnectionTickets tickets;
        private boolean hasHello;

        Deciding(ConnectionTickets tickets) {
            this.tickets = tickets;
        }

        @Override
        public ConnectionTickets tickets() {
            return tickets;
        }

        @Override
        public void receiving(ByteBuffer bytes) {
            if (!hasHello) {
                new HandshakeReader(tickets::onClientHello).fromClient(bytes, bytes.position(), bytes.remaining());
            }
        }

        @Override
        public boolean received(ByteBuffer bytes, int from, SSLEngineResult result, SSLEngine engine) {
            if (!hasHello && result.bytesConsumed() > 0) {
                hasHello = true;
                tickets.onClientHelloConsumed();
            }
            return true;
        }

        @Override
        public boolean sent(ByteBuffer bytes, int from, SSLEngineResult result, SSLEngine engine) {
            return true;
        }

        @Override
        public boolean finished(SSLEngine engine) {
            return true;
        }
    }

    private static final class FailingMemory implements Memory {
        private final Memory own;
        private boolean fails;

        FailingMemory(Memory own) {
            this.own = own;
        }

        @Override
        public byte[] read(long address, int length) throws IOException {
            return own.read(address, length);
        }

        @Override
        public void write(long address, byte[] bytes) throws IOException {
            if (fails) {
                throw new IOException("no file descriptor is left");
            }
            own.write(address, bytes);
        }
    }
}
