package dev.gangway.internal.engine.conscrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.internal.engine.ClientAuthentication;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.engine.TicketEngineContract;
import dev.gangway.internal.engine.TlsServer;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.wire.Handshake;
import dev.gangway.testing.Await;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.LongForm;
import dev.gangway.testing.TicketClient;
import java.time.Instant;
import java.util.Arrays;
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
class ConscryptTicketEngineTest extends TicketEngineContract {
    private static final ConscryptTicketEngine ENGINE = ConscryptTicketEngine.create();

    ConscryptTicketEngineTest() {
        // BoringSSL uses the system clock, so these keys are valid now.
        super(ENGINE, Instant.now());
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
            there.updateRing();
            clock.set(activation);
            here.updateRing();
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

            there.updateRing();
            TicketClient late = TicketClient.of(protocol);
            late.connect(b.createSSLEngine());
            clock.set(activation.plus(LIFETIME).minusSeconds(10));
            here.updateRing();
            there.updateRing();
            assertThat(late.resumes(a.createSSLEngine())).isTrue();
            assertThat(behind.resumes(b.createSSLEngine()))
                    .as("of the previous key, cycle %d", cycle)
                    .isTrue();

            keys = ROTATION.withNextKey(keys, clock.instant(), RANDOM);
            source.set(keys);
            here.reload();
            source.forgetLast();
            there.reload();
        }
    }

    @Test
    void initialise_manyTimes_leavesNoInstallationBehind() throws Exception {
        TicketKeyManager manager = manager();
        for (int i = 0; i < LongForm.tries(300, 80); i++) {
            node(manager, PLAIN);
        }
        Await.collected(
                "nothing refers to replaced contexts", () -> manager.status().installations() <= 1);

        assertThat(manager.status().installations()).isLessThanOrEqualTo(1);
    }

    @Test
    void initialise_contextOfAnotherProvider_isRefusedByName() throws Exception {
        SSLContext sunJsse = SSLContext.getInstance("TLS", "SunJSSE");
        sunJsse.init(Certificates.keyManagers(CERTIFICATE), null, null);

        assertThatThrownBy(() -> NativeContext.of(
                        ENGINE,
                        new TlsServer(sunJsse, sunJsse::createSSLEngine, ClientAuthentication.NONE, List.of()),
                        ProcessMemory.find()))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("sun.security.ssl.SSLSessionContextImpl");
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
                .hasMessageContaining("provide keys of 48 bytes");
    }
}
