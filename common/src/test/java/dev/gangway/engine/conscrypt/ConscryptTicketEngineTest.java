package dev.gangway.engine.conscrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.context.Connector;
import dev.gangway.context.TicketOnlySslContext;
import dev.gangway.engine.InstallationException;
import dev.gangway.engine.TlsServer;
import dev.gangway.keyfile.KeyFileException;
import dev.gangway.keyfile.KeyRotation;
import dev.gangway.keys.Scope.ClientAuth;
import dev.gangway.keys.TicketKey;
import dev.gangway.keys.TicketPolicy;
import dev.gangway.manager.TicketKeyManager;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.ManualClock;
import dev.gangway.testing.TicketClient;
import dev.gangway.wire.Handshake;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real handshakes with the Conscrypt on the class path; the same class runs with every Conscrypt version and on every JDK
 * of the matrix.
 */
@Tag("engine")
@Tag("conscrypt")
class ConscryptTicketEngineTest {
    private static final Duration LIFETIME = Duration.ofHours(6);
    private static final Duration PERIOD = Duration.ofHours(12);
    private static final KeyRotation ROTATION = new KeyRotation(PERIOD, LIFETIME, Duration.ofMinutes(1));
    private static final Certificates.Held CERTIFICATE = Certificates.server("localhost");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ConscryptTicketEngine ENGINE = ConscryptTicketEngine.create();
    private static final Connector PLAIN = Connector.of("", ClientAuth.NONE);

    // BoringSSL reads the system clock, so these keys live in the present and the manager's clock starts there.
    private final Instant start = Instant.now();
    private final ManualClock clock = new ManualClock(start);
    private List<TicketKey> keys = ROTATION.first(start, RANDOM);
    private final FixedSource source = new FixedSource(keys);

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void otherNode_sameKeys_resumes(String protocol) throws Exception {
        SSLContext a = node(manager(), PLAIN);
        SSLContext b = node(manager(), PLAIN);
        TicketClient client = TicketClient.of(protocol);

        assertThat(client.resumes(a.createSSLEngine())).isFalse();
        assertThat(client.resumes(b.createSSLEngine())).isTrue();
        assertThat(client.resumes(a.createSSLEngine())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void otherNode_stockConscrypt_doesNotResume(String protocol) throws Exception {
        SSLContext a = node(manager(), PLAIN);
        SSLContext stock = ENGINE.newContext("TLS");
        stock.init(Certificates.keyManagers(CERTIFICATE), null, null);
        TicketClient client = TicketClient.of(protocol);

        client.connect(a.createSSLEngine());
        SSLEngine other = stock.createSSLEngine();
        Conscrypt.setUseSessionTickets(other, true);
        assertThat(client.resumes(other)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void otherNode_otherKeysOrScope_doesAFullHandshake(String protocol) throws Exception {
        SSLContext a = node(manager(), PLAIN);
        SSLContext scoped = node(manager(), Connector.of("other", ClientAuth.NONE));
        source.set(ROTATION.first(start, RANDOM));
        SSLContext b = node(manager(), PLAIN);

        TicketClient client = TicketClient.of(protocol);
        client.connect(a.createSSLEngine());
        assertThat(client.resumes(b.createSSLEngine())).isFalse();
        TicketClient another = TicketClient.of(protocol);
        another.connect(a.createSSLEngine());
        assertThat(another.resumes(scoped.createSSLEngine())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void wholeCycle_threeKeys_everyLiveTicketOpensOnANodeThatIsAheadOrBehind(String protocol) throws Exception {
        TicketKeyManager here = manager();
        SSLContext a = node(here, PLAIN);
        TicketKeyManager there = manager();
        SSLContext b = node(there, PLAIN);

        for (int cycle = 0; cycle < 3; cycle++) {
            TicketClient early = TicketClient.of(protocol);
            early.connect(a.createSSLEngine());

            // Half a minute before the next key seals: a's clock is ahead, it seals with the next key already.
            Instant activation =
                    here.ring().active().orElseThrow().times().orElseThrow().retireAt();
            clock.set(activation.minusSeconds(30));
            there.turn();
            clock.set(activation);
            here.turn();
            TicketClient ahead = TicketClient.of(protocol);
            ahead.connect(a.createSSLEngine());
            assertThat(ahead.resumes(b.createSSLEngine()))
                    .as("b has not switched, cycle %d", cycle)
                    .isTrue();
            TicketClient behind = TicketClient.of(protocol);
            behind.connect(b.createSSLEngine());
            assertThat(behind.resumes(a.createSSLEngine()))
                    .as("sealed by b, cycle %d", cycle)
                    .isTrue();

            there.turn();
            TicketClient late = TicketClient.of(protocol);
            late.connect(b.createSSLEngine());
            clock.set(activation.plus(LIFETIME).minusSeconds(10));
            here.turn();
            there.turn();
            assertThat(late.resumes(a.createSSLEngine())).isTrue();
            assertThat(behind.resumes(b.createSSLEngine()))
                    .as("of the previous key, cycle %d", cycle)
                    .isTrue();

            keys = ROTATION.upToNext(keys, clock.instant(), RANDOM);
            source.set(keys);
            here.reload();
            source.offerAgain();
            there.reload();
        }
    }

    @Test
    void issuedTicket_lifetimeHint_isTheTicketLifetime() throws Exception {
        SSLContext a = node(manager(), PLAIN);

        assertThat(TicketClient.of("TLSv1.2").connect(a.createSSLEngine()).issuedLifetimeSeconds())
                .contains((int) LIFETIME.toSeconds());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void manyHandshakes_serverSessionCache_holdsAtMostOne(String protocol) throws Exception {
        SSLContext a = node(manager(), PLAIN);
        TicketClient client = TicketClient.of(protocol);
        for (int i = 0; i < 20; i++) {
            client.connect(a.createSSLEngine());
            TicketClient.of(protocol).connect(a.createSSLEngine());
        }

        assertThat(Collections.list(a.getServerSessionContext().getIds())).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void managerClosed_contextGoesOn_withKeysOfItsOwn(String protocol) throws Exception {
        TicketKeyManager managerA = manager();
        SSLContext a = node(managerA, PLAIN);
        SSLContext b = node(manager(), PLAIN);
        managerA.close();
        TicketClient client = TicketClient.of(protocol);

        client.connect(a.createSSLEngine());
        assertThat(client.resumes(a.createSSLEngine())).as("own random key").isTrue();
        assertThat(client.resumes(b.createSSLEngine())).as("not shared").isFalse();
        assertThatThrownBy(() -> node(managerA, PLAIN)).isInstanceOf(InstallationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void ticket_fromAConnectorWithoutClientAuth_neverResumesWhereOneIsDemanded(String protocol) throws Exception {
        Certificates.Held authority = Certificates.authority("authority");
        SSLContext open = node(manager(), PLAIN);
        SSLContext closed = context(manager(), Connector.of("", ClientAuth.REQUIRED));
        closed.init(Certificates.keyManagers(CERTIFICATE), Certificates.trustManagers(authority), null);
        TicketClient client =
                TicketClient.of(protocol, Certificates.keyManagers(Certificates.client("client", authority)));

        client.connect(open.createSSLEngine());
        SSLEngine demanding = closed.createSSLEngine();
        demanding.setUseClientMode(false);
        demanding.setNeedClientAuth(true);
        assertThat(client.resumes(demanding)).isFalse();
    }

    @Test
    void initialise_hundredsOfTimes_leavesNoInstallationBehind() throws Exception {
        TicketKeyManager manager = manager();
        for (int i = 0; i < 300; i++) {
            node(manager, PLAIN);
        }
        for (int i = 0; i < 50 && manager.status().installations() > 1; i++) {
            System.gc();
        }

        assertThat(manager.status().installations()).isLessThanOrEqualTo(1);
    }

    @Test
    void initialise_contextOfAnotherProvider_isRefusedByName() throws Exception {
        SSLContext sunJsse = SSLContext.getInstance("TLS", "SunJSSE");
        sunJsse.init(Certificates.keyManagers(CERTIFICATE), null, null);

        assertThatThrownBy(() -> NativeContext.of(
                        ENGINE, new TlsServer(sunJsse, sunJsse::createSSLEngine, List.of()), ProcessMemory.open()))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("sun.security.ssl.SSLSessionContextImpl");
    }

    @Test
    void engine_ofTheContext_isConscryptsOwnAsJettysAlpnNeedsIt() throws Exception {
        assertThat(node(manager(), PLAIN).createSSLEngine().getClass().getName())
                .startsWith("org.conscrypt.");
    }

    @Test
    void ticket_inRawMode_bearsTheFilesFirstSixteenBytes() throws Exception {
        byte[] file = new byte[48];
        RANDOM.nextBytes(file);
        SSLContext a = node(RawKeys.manager(clock, file), PLAIN);
        Handshake handshake = TicketClient.of("TLSv1.2").connect(a.createSSLEngine());

        byte[] ticket = handshake.issuedTicket().orElseThrow();
        assertThat(ticket).startsWith(Arrays.copyOf(file, 16));
        assertThat(RawKeys.open(ticket, file))
                .as("RFC 5077 section 4, AES-128-CBC and HMAC-SHA256")
                .isPresent();
    }

    @Test
    void initialise_rawKeyOfEightyBytes_isRefusedWithTheLength() {
        byte[] file = new byte[80];
        RANDOM.nextBytes(file);

        assertThatThrownBy(() -> node(RawKeys.manager(clock, file), PLAIN))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("has 80 bytes")
                .hasMessageContaining("give keys of 48 bytes");
    }

    private TicketKeyManager manager() throws KeyFileException {
        source.offerAgain();
        return TicketKeyManager.open(source, TicketPolicy.ofLifetime(LIFETIME), clock);
    }

    private static SSLContext node(TicketKeyManager manager, Connector connector) throws GeneralSecurityException {
        SSLContext context = context(manager, connector);
        context.init(Certificates.keyManagers(CERTIFICATE), null, null);
        return context;
    }

    private static SSLContext context(TicketKeyManager manager, Connector connector) throws GeneralSecurityException {
        return TicketOnlySslContext.create(ENGINE, manager, connector, "TLS");
    }
}
