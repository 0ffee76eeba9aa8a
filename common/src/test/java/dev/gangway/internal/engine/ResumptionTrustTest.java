package dev.gangway.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.ClientAuth;
import dev.gangway.HandshakeOutcome;
import dev.gangway.ResumptionTrustManager;
import dev.gangway.internal.context.Connector;
import dev.gangway.internal.context.TicketOnlySslContext;
import dev.gangway.internal.handshake.InMemoryHandshake;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeObserver;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.internal.wire.Handshake;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.EveryEngineAndProtocol;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.Nodes;
import dev.gangway.testing.RealSecond;
import dev.gangway.testing.TicketClient;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that a full handshake would refuse now cannot resume either. */
@Tag("engine")
@Tag("conscrypt")
class ResumptionTrustTest {
    private static final Certificates.Held SERVER = Certificates.server("localhost");
    private static final Certificates.Held AUTHORITY = Certificates.authority("authority");
    private static final Certificates.Held CLIENT = Certificates.client("client", AUTHORITY);

    private final List<TicketKey> keys = KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom());
    private ClientAuth mode = ClientAuth.REQUIRED;
    private boolean checksResumptions = true;
    private TicketPolicy policyOfNodes = TicketPolicy.DEFAULT;
    private HandshakeRecorder recorder;

    @EveryEngineAndProtocol
    void certificate_acceptedNoMore_isRefusedWithATicketAsWithout(String engine, String protocol) throws Exception {
        Policy policy = new Policy();
        SSLContext a = node(engine, policy);
        SSLContext b = node(engine, policy);
        TicketClient client = client(protocol, CLIENT);
        client.connect(server(a));
        assertThat(client.resumes(server(b))).isTrue();

        policy.accepted = chain -> false;

        assertThatThrownBy(() -> client.connect(server(a))).isInstanceOf(SSLException.class);
        assertThatThrownBy(() -> client(protocol, CLIENT).connect(server(a))).isInstanceOf(SSLException.class);
    }

    @EveryEngineAndProtocol
    void certificate_whoseResumptionIsRefused_costsAFullHandshakeAndIsCounted(String engine, String protocol)
            throws Exception {
        Policy policy = new Policy();
        SSLContext a = node(engine, policy);
        TicketClient client = client(protocol, CLIENT);
        client.connect(server(a));
        policy.resumable = false;

        SSLEngine refusing = server(a);
        assertThat(client.resumes(refusing)).isFalse();

        assertThat(HandshakeObserver.of(refusing).orElseThrow().outcome())
                .isEqualTo(HandshakeOutcome.FULL_CERTIFICATE_REFUSED);
        policy.resumable = true;
        // In TLS 1.2 BoringSSL issues no ticket in that handshake.
        client.connect(server(a));
        assertThat(client.resumes(server(a))).isTrue();
        assertThat(policy.lastChecked)
                .extracting(certificate -> certificate.getSubjectX500Principal().getName())
                .containsExactly("CN=client");
    }

    @EveryEngineAndProtocol
    void chain_ofSeveralCertificates_isCheckedWhole(String engine, String protocol) throws Exception {
        Policy policy = new Policy();
        SSLContext a = node(engine, policy);
        Certificates.Held intermediate = Certificates.intermediate("intermediate", AUTHORITY);
        TicketClient client = client(protocol, Certificates.client("client", intermediate));
        client.connect(server(a));

        assertThat(client.resumes(server(a))).isTrue();
        assertThat(policy.lastChecked)
                .extracting(certificate -> certificate.getSubjectX500Principal().getName())
                .containsExactly("CN=client", "CN=intermediate");
    }

    @EveryEngineAndProtocol
    void check_switchedOff_certificateAcceptedNoMoreResumes(String engine, String protocol) throws Exception {
        checksResumptions = false;
        Policy policy = new Policy();
        SSLContext a = node(engine, policy);
        TicketClient client = client(protocol, CLIENT);
        client.connect(server(a));
        policy.accepted = chain -> false;

        assertThat(client.resumes(server(a))).isTrue();
    }

    @EveryEngineAndProtocol
    void certificate_thatHasEnded_doesNotResume(String engine, String protocol) throws Exception {
        Policy policy = new Policy();
        SSLContext a = node(engine, policy);
        Instant end = Instant.now().plusSeconds(4);
        TicketClient client = client(protocol, Certificates.client("client", AUTHORITY, end));
        client.connect(server(a));
        if (Instant.now().isBefore(end.minusSeconds(2))) {
            assertThat(client.resumes(server(a))).isTrue();
        }
        RealSecond.reach(end);

        // This trust manager accepts the certificate nevertheless, so the full handshake succeeds.
        SSLEngine after = server(a);
        assertThat(client.resumes(after)).isFalse();
        assertThat(HandshakeObserver.of(after).orElseThrow().outcome())
                .isIn(HandshakeOutcome.FULL_CERTIFICATE_REFUSED, HandshakeOutcome.FULL_SESSION_EXPIRED);
    }

    /** BoringSSL takes hellos of up to 100 kB on such a connector, of which Gangway reads 64. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void hello_tooLongToBeRead_isAnsweredWithAFullHandshake(String protocol) throws Exception {
        SSLContext a = node("conscrypt", new Policy());
        TicketClient client = client(protocol, CLIENT);
        int tooLong = 0;
        // The extensions of a hello have at most 65,535 bytes, only a little more than the part that Gangway reads.
        for (int bytes = 64_010; bytes < 65_500; bytes += 10) {
            SSLEngine server = server(a);
            Handshake handshake;
            client.connect(server(a));
            try {
                handshake = InMemoryHandshake.run(padded(client, protocol, bytes), server);
            } catch (SSLException cannotBeSent) {
                break;
            }
            assertThat(handshake.offeredTicket()).isPresent();
            if (HandshakeObserver.of(server).orElseThrow().outcome() == HandshakeOutcome.NOT_UNDERSTOOD) {
                assertThat(handshake.resumed()).contains(false);
                tooLong++;
            }
        }
        assertThat(tooLong).isPositive();
    }

    /** A client that offers so many application protocols that they fill almost the whole hello. */
    private static SSLEngine padded(TicketClient client, String protocol, int bytes) {
        SSLEngine engine = client.context().createSSLEngine("node.invalid", 443);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        parameters.setApplicationProtocols(Stream.concat(
                        IntStream.range(0, bytes / 256).mapToObj("%255d"::formatted),
                        Stream.of("x".repeat(bytes % 256 + 1)).filter(name -> name.length() < 256))
                .toArray(String[]::new));
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** Independent of the content of the ticket, and of what the engine reads from it. */
    @EveryEngineAndProtocol
    void ticket_ofANodeWithALongerLifetime_endsWithTheShorterOneAndIsCheckedUntilThen(String engine, String protocol)
            throws Exception {
        Policy policy = new Policy();
        SSLContext longer = node(engine, policy);
        SSLContext shorter = nodeWithShortTickets(engine, policy);
        int wait = policyOfNodes.ticketLifetimeSeconds() + 1;
        TicketClient client = client(protocol, CLIENT);
        client.connect(server(longer));
        RealSecond.reach(Instant.now().plusSeconds(wait));

        policy.resumable = false;
        assertThat(client.resumes(server(shorter))).isFalse();
        policy.resumable = true;
        TicketClient other = client(protocol, CLIENT);
        other.connect(server(longer));
        RealSecond.reach(Instant.now().plusSeconds(wait));
        assertThat(other.resumes(server(shorter))).isFalse();
    }

    // The test of the installation must end within the ticket lifetime, which must be longer on a busy machine.
    private SSLContext nodeWithShortTickets(String engine, Policy policy) throws Exception {
        for (int seconds = 1; ; seconds *= 2) {
            policyOfNodes = TicketPolicy.ofLifetime(Duration.ofSeconds(seconds));
            try {
                return node(engine, policy);
            } catch (InstallationException e) {
                if (seconds > 60) {
                    throw e;
                }
            }
        }
    }

    @EveryEngineAndProtocol
    void certificate_optionalAndWithheld_resumes(String engine, String protocol) throws Exception {
        mode = ClientAuth.OPTIONAL;
        SSLContext a = node(engine, new Policy());
        TicketClient client = TicketClient.of(protocol);
        client.connect(server(a));

        assertThat(client.resumes(server(a))).isTrue();
    }

    @EveryEngineAndProtocol
    void clientAuth_setAfterTheContextWasMade_takesAndGivesNoTickets(String engine, String protocol) throws Exception {
        mode = ClientAuth.NONE;
        SSLContext open = node(engine, new Policy());
        TicketClient client = client(protocol, CLIENT);
        client.connect(server(open));

        SSLEngine demanding = server(open);
        demanding.setNeedClientAuth(true);
        assertThat(client.resumes(demanding)).as("a ticket without certificate").isFalse();
        assertThat(HandshakeObserver.of(demanding).orElseThrow().outcome())
                .isEqualTo(HandshakeOutcome.FULL_OTHER_SCOPE);

        TicketClient other = client(protocol, CLIENT);
        SSLEngine alsoDemanding = server(open);
        alsoDemanding.setNeedClientAuth(true);
        other.connect(alsoDemanding);
        assertThat(other.resumes(server(open)))
                .as("a ticket with a certificate, where none is asked for")
                .isFalse();
    }

    private TicketClient client(String protocol, Certificates.Held certificate) {
        return TicketClient.of(protocol, Certificates.keyManagers(certificate));
    }

    private SSLContext node(String engine, Policy policy) throws Exception {
        Nodes.assumeUsable(engine);
        recorder = new HandshakeRecorder(
                TicketKeyManager.open(new FixedSource(keys), policyOfNodes, InstantSource.system()));
        SSLContext context = TicketOnlySslContext.create(
                Nodes.engine(engine), recorder, Connector.of("", mode).checkingResumptions(checksResumptions), "TLS");
        context.init(Certificates.keyManagers(SERVER), new TrustManager[] {policy}, null);
        return context;
    }

    private SSLEngine server(SSLContext context) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        switch (mode) {
            case REQUIRED -> engine.setNeedClientAuth(true);
            case OPTIONAL -> engine.setWantClientAuth(true);
            default -> {
                // No certificate is requested.
            }
        }
        return engine;
    }

    /** An operator's own trust manager, whose decisions may change. */
    private static final class Policy implements X509TrustManager, ResumptionTrustManager {
        volatile Predicate<X509Certificate[]> accepted = chain -> true;
        volatile boolean resumable = true;
        volatile X509Certificate[] lastChecked = {};

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            if (!accepted.test(chain)) {
                throw new CertificateException("not accepted any more");
            }
        }

        @Override
        public void checkClientResumption(X509Certificate[] chain, SSLEngine engine) throws CertificateException {
            lastChecked = chain.clone();
            if (!resumable) {
                throw new CertificateException("may not resume");
            }
            checkClientTrusted(chain, "UNKNOWN");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[] {AUTHORITY.certificate()};
        }
    }
}
