package dev.gangway.internal.engine.conscrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.ClientAuth;
import dev.gangway.internal.engine.ClientAuthentication;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.engine.TlsServer;
import dev.gangway.internal.keys.KeyDerivation;
import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.ScheduledKeyset;
import dev.gangway.internal.keys.Scope;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.LongForm;
import dev.gangway.testing.ManualClock;
import dev.gangway.testing.TicketClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The native keys with clock faults, concurrent threads and several managers. */
@Tag("conscrypt")
class ConscryptTicketKeysTest {
    private static final int ROTATIONS = LongForm.tries(10_000, 4_000);
    private static final int HANDSHAKES = LongForm.tries(1_000, 400);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ConscryptTicketEngine ENGINE = ConscryptTicketEngine.create();
    private static final Certificates.Held CERTIFICATE = Certificates.server("localhost");
    private static final Scope SCOPE = Scope.of("", ClientAuth.NONE, List.of());
    private static final KeyDerivation DERIVATION = KeyDerivation.of("boringssl", SCOPE);

    private final Instant start = Instant.now();
    private final ManualClock clock = new ManualClock(start);
    private final ManualClock systemClock = new ManualClock(start);

    @Test
    void managerLateOrDead_keysEnd_boringSslUsesItsOwnAndAReturningManagerSharesAgain() throws Exception {
        KeyRing ring = ring();
        // By the real clock, which BoringSSL uses, keys written by a clock that is thirteen hours slow have ended.
        systemClock.set(start.minus(Duration.ofHours(13)));
        TlsServer serverA = server();
        ConscryptTicketKeys keysA = keys(serverA);
        keysA.apply(ring);
        TlsServer serverB = server();
        systemClock.set(start);
        ConscryptTicketKeys keysB = keys(serverB);
        keysB.apply(ring);

        TicketClient client = TicketClient.of("TLSv1.2");
        assertThat(client.resumes(serverA.engines().get())).isFalse();
        assertThat(client.resumes(serverA.engines().get()))
                .as("BoringSSL's own key")
                .isTrue();
        assertThat(client.resumes(serverB.engines().get())).as("not shared").isFalse();

        keysA.maintain();
        TicketClient later = TicketClient.of("TLSv1.2");
        later.connect(serverA.engines().get());
        assertThat(later.resumes(serverB.engines().get())).as("shared again").isTrue();
    }

    @Test
    void keysNearTheirEnd_areNotWrittenButReplacedByFreshOnes() throws Exception {
        KeyRing ring = ring();
        TlsServer server = server();
        // Written with a time so long ago that BoringSSL rotates in ten seconds.
        systemClock.set(start.minus(Duration.ofHours(12)).minusSeconds(50));
        ConscryptTicketKeys keys = keys(server);
        keys.apply(ring);
        systemClock.set(start);

        keys.apply(ring);

        TicketClient client = TicketClient.of("TLSv1.2");
        byte[] ticket = client.connect(server.engines().get()).issuedTicket().orElseThrow();
        assertThat(keys.sealOf(ticket)).isPresent();
    }

    @Test
    void keyThatLeftTheRing_nativeBlocks_holdItNoMore() throws Exception {
        List<TicketKey> ringKeys = KeyRotation.DEFAULT.initialKeys(start, RANDOM);
        TicketKey first = ringKeys.get(0);
        TicketKey second = ringKeys.get(1);
        TlsServer server = server();
        ConscryptTicketKeys keys = keys(server);

        keys.apply(KeyRing.of(Optional.of(first), List.of(second)));
        assertThat(hexOfBlocks(server)).contains(hexOf(first)).contains(hexOf(second));

        keys.apply(KeyRing.of(Optional.of(second), List.of()));
        assertThat(hexOfBlocks(server)).doesNotContain(hexOf(first)).contains(hexOf(second));

        keys.apply(KeyRing.EMPTY);
        assertThat(hexOfBlocks(server)).doesNotContain(hexOf(first)).doesNotContain(hexOf(second));
    }

    @Test
    void handshakesInEightThreads_thousandsOfRotations_noneFails() throws Exception {
        TlsServer server = server();
        ConscryptTicketKeys keys = keys(server);
        List<TicketKey> ringKeys = new ArrayList<>(KeyRotation.DEFAULT.initialKeys(start, RANDOM));
        keys.apply(KeyRing.of(Optional.of(ringKeys.get(0)), List.of(ringKeys.get(1))));
        AtomicBoolean rotating = new AtomicBoolean(true);
        AtomicInteger resumed = new AtomicInteger();
        AtomicInteger full = new AtomicInteger();

        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Void>> clients = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String protocol = i % 2 == 0 ? "TLSv1.2" : "TLSv1.3";
                Callable<Void> connecting = () -> {
                    TicketClient client = TicketClient.of(protocol);
                    while (rotating.get()) {
                        (client.resumes(server.engines().get()) ? resumed : full).incrementAndGet();
                    }
                    return null;
                };
                clients.add(threads.submit(connecting));
            }
            TicketKey previous = ringKeys.get(0);
            for (int i = 0; i < ROTATIONS || full.get() + resumed.get() < HANDSHAKES; i++) {
                TicketKey next = TicketKey.random(previous.times().orElseThrow(), RANDOM);
                keys.apply(KeyRing.of(Optional.of(next), List.of(previous)));
                previous = next;
            }
            rotating.set(false);
            for (Future<Void> client : clients) {
                client.get();
            }
        } finally {
            rotating.set(false);
            threads.shutdownNow();
        }
        System.out.printf(
                "%d resumed and %d full handshakes during %d rotations%n", resumed.get(), full.get(), ROTATIONS);
        assertThat(resumed.get() + full.get()).isGreaterThanOrEqualTo(HANDSHAKES);
    }

    @Test
    void ticketsSwitchedOff_install_isRefusedWithTheCause() throws Exception {
        TlsServer tickets = server();
        TlsServer none = new TlsServer(
                tickets.context(),
                () -> {
                    SSLEngine engine = tickets.engines().get();
                    Conscrypt.setUseSessionTickets(engine, false);
                    return engine;
                },
                ClientAuthentication.NONE,
                List.of());
        ConscryptTicketKeys keys = keys(none);

        assertThatThrownBy(() -> keys.apply(ring()))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("issues no session tickets");
    }

    private ConscryptTicketKeys keys(TlsServer server) throws InstallationException {
        return new ConscryptTicketKeys(
                NativeContext.of(ENGINE, server, ProcessMemory.find()),
                ConscryptInternals.find(),
                DERIVATION,
                ClientAuthentication.NONE,
                TicketPolicy.DEFAULT,
                clock,
                systemClock);
    }

    private static String hexOfBlocks(TlsServer server) throws Exception {
        Memory memory = ProcessMemory.find();
        NativeContext context = NativeContext.of(ENGINE, server, memory);
        TicketKeySlots slots = TicketKeySlots.locate(memory, context.address(), context.nameOfFreshTicket());
        return HexFormat.of().formatHex(memory.read(slots.current().address(), NativeKey.STRUCT_LENGTH))
                + HexFormat.of().formatHex(memory.read(slots.previous().address(), NativeKey.STRUCT_LENGTH));
    }

    /** The HMAC key and the AES key, which are adjacent. */
    private static String hexOf(TicketKey key) throws Exception {
        byte[] struct = NativeKey.of(key, DERIVATION).struct(0);
        return HexFormat.of().formatHex(struct, NativeKey.NAME_LENGTH, NativeKey.ROTATION_OFFSET);
    }

    private KeyRing ring() throws Exception {
        return ScheduledKeyset.of(KeyRotation.DEFAULT.initialKeys(start, RANDOM))
                .ringAt(start);
    }

    private static TlsServer server() throws Exception {
        SSLContext context = ENGINE.newContext("TLS");
        context.init(Certificates.keyManagers(CERTIFICATE), null, null);
        return new TlsServer(
                context,
                () -> {
                    SSLEngine engine = context.createSSLEngine();
                    engine.setUseClientMode(false);
                    ENGINE.prepare(engine);
                    return engine;
                },
                ClientAuthentication.NONE,
                List.of());
    }
}
