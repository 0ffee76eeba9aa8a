package dev.gangway.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.ClientAuth;
import dev.gangway.KeySourceException;
import dev.gangway.internal.context.Connector;
import dev.gangway.internal.context.TicketOnlySslContext;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.internal.wire.Handshake;
import dev.gangway.testing.AfterServerHello;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.ManualClock;
import dev.gangway.testing.RealSecond;
import dev.gangway.testing.TicketClient;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The behaviour of all engines with shared keys, in real handshakes in memory. */
public abstract class TicketEngineContract {
    protected static final Duration LIFETIME = Duration.ofHours(6);
    protected static final Duration PERIOD = Duration.ofHours(12);
    protected static final KeyRotation ROTATION = new KeyRotation(PERIOD, LIFETIME, Duration.ofMinutes(1));
    protected static final SecureRandom RANDOM = new SecureRandom();
    protected static final Certificates.Held CERTIFICATE = Certificates.server("localhost");
    protected static final Connector PLAIN = Connector.of("", ClientAuth.NONE);

    protected final ManualClock clock;
    protected final FixedSource source;
    protected List<TicketKey> keys;

    private final TicketEngine engine;

    /** @param start the time of the clock, from which the keys are valid */
    protected TicketEngineContract(TicketEngine engine, Instant start) {
        this.engine = engine;
        clock = new ManualClock(start);
        keys = ROTATION.initialKeys(start, RANDOM);
        source = new FixedSource(keys);
    }

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
    void otherNode_otherKeysOrScope_doesAFullHandshake(String protocol) throws Exception {
        SSLContext a = node(manager(), PLAIN);
        SSLContext scoped = node(manager(), Connector.of("other", ClientAuth.NONE));
        source.set(ROTATION.initialKeys(clock.instant(), RANDOM));
        SSLContext b = node(manager(), PLAIN);

        TicketClient client = TicketClient.of(protocol);
        client.connect(a.createSSLEngine());
        assertThat(client.resumes(b.createSSLEngine())).isFalse();
        TicketClient another = TicketClient.of(protocol);
        another.connect(a.createSSLEngine());
        assertThat(another.resumes(scoped.createSSLEngine())).isFalse();
    }

    @Test
    void issuedTicket_lifetimeHint_isTheTicketLifetime() throws Exception {
        SSLContext a = node(manager(), PLAIN);

        // BoringSSL subtracts the whole seconds between hello and ticket.
        Handshake handshake = RealSecond.within(() -> TicketClient.of("TLSv1.2").connect(a.createSSLEngine()));
        assertThat(handshake.issuedLifetimeSeconds()).contains((int) LIFETIME.toSeconds());
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

    /** After a leak, the keys' owner must not get a ticket of the new keys for a session that began with the old ones. */
    @Test
    void keysReplaced_betweenHelloAndTicket_doNotTakeOverTheSession() throws Exception {
        TicketKeyManager manager = manager();
        SSLContext a = node(manager, PLAIN);
        TicketClient client = TicketClient.of("TLSv1.3");
        client.connect(a.createSSLEngine());
        Handshake resumed = client.connect(new AfterServerHello(a.createSSLEngine(), () -> {
            source.set(ROTATION.initialKeys(clock.instant(), RANDOM));
            manager.reload();
        }));
        assertThat(resumed.resumed()).contains(true);

        assertThat(client.resumes(a.createSSLEngine())).isFalse();
        assertThat(client.resumes(a.createSSLEngine())).isTrue();
    }

    @Test
    void keysAdded_betweenHelloAndTicket_keepTheSession() throws Exception {
        TicketKeyManager manager = manager();
        SSLContext a = node(manager, PLAIN);
        TicketClient client = TicketClient.of("TLSv1.3");
        client.connect(a.createSSLEngine());
        client.connect(new AfterServerHello(a.createSSLEngine(), () -> {
            source.set(ROTATION.withNextKey(keys, clock.instant().plus(PERIOD), RANDOM));
            manager.reload();
        }));

        assertThat(client.resumes(a.createSSLEngine())).isTrue();
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

    protected final TicketKeyManager manager() throws KeySourceException {
        source.forgetLast();
        return TicketKeyManager.open(source, TicketPolicy.ofLifetime(LIFETIME), clock);
    }

    protected final SSLContext node(TicketKeyManager manager, Connector connector) throws GeneralSecurityException {
        SSLContext context = context(manager, connector);
        context.init(Certificates.keyManagers(CERTIFICATE), null, null);
        return context;
    }

    protected final SSLContext context(TicketKeyManager manager, Connector connector) throws GeneralSecurityException {
        return TicketOnlySslContext.create(engine, new HandshakeRecorder(manager), connector, "TLS");
    }
}
