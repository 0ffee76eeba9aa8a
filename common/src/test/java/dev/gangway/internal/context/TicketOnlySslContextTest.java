package dev.gangway.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.ClientAuth;
import dev.gangway.KeySourceException;
import dev.gangway.TicketSettings;
import dev.gangway.internal.engine.ObservedSslEngine;
import dev.gangway.internal.engine.jdk.JdkTicketEngine;
import dev.gangway.internal.keys.Durations;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.LongForm;
import dev.gangway.testing.TicketClient;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
class TicketOnlySslContextTest {
    private static final Certificates.Held CERTIFICATE = Certificates.server("a.example", "*.b.example");

    private final TicketKeyManager manager = manager();

    @Test
    void serverSessions_cacheAndTimeout_areFixedAndSaySo() throws Exception {
        SSLSessionContext sessions = initialised().getServerSessionContext();

        assertThat(sessions.getSessionCacheSize()).isEqualTo(1);
        assertThat(sessions.getSessionTimeout())
                .isEqualTo((int) TicketPolicy.DEFAULT.ticketLifetime().toSeconds());
        sessions.setSessionCacheSize(1);
        assertThatThrownBy(() -> sessions.setSessionCacheSize(0))
                .hasMessageContaining("session cache size 0")
                .hasMessageContaining("keeps no sessions");
        assertThatThrownBy(() -> sessions.setSessionTimeout(86400))
                .hasMessageContaining("session timeout 86400 s")
                .hasMessageContaining("set ticketLifetime");
    }

    @Test
    void init_keyManagerThatDemandsAServerName_isProvenWithANameOfItsCertificate() throws Exception {
        SSLContext context = context(Connector.of("", ClientAuth.NONE));
        context.init(
                new KeyManager[] {new NamedOnly((X509ExtendedKeyManager) Certificates.keyManagers(CERTIFICATE)[0])},
                null,
                null);

        TicketClient client = TicketClient.of("TLSv1.2").withServerName("a.example");
        client.connect(context.createSSLEngine());
        assertThat(client.resumes(context.createSSLEngine())).isTrue();
    }

    @Test
    void init_ignoredOnRequest_leavesTheContextAsItIs() throws Exception {
        TicketOnlySslContext context = initialised();
        context.ignoreNextInit();
        context.init(null, null, null);

        TicketClient client = TicketClient.of("TLSv1.3");
        client.connect(context.createSSLEngine());
        assertThat(client.resumes(context.createSSLEngine())).isTrue();
        assertThatThrownBy(() -> context.init(null, null, null))
                .hasMessageContaining("the test of the ticket keys in memory failed");
    }

    @Test
    void init_manyTimes_leavesNoInstallationAndNoHeapBehind() throws Exception {
        int contexts = LongForm.tries(2_000, 300);
        for (int i = 0; i < 100; i++) {
            initialised();
        }
        long before = usedHeap();
        for (int i = 0; i < contexts; i++) {
            initialised();
        }
        long after = usedHeap();

        assertThat(manager.status().installations()).isLessThanOrEqualTo(1);
        assertThat(after - before)
                .as("bytes; contexts that are not collected would need more than 10,000 each")
                .isLessThan(contexts * 5_000L);
    }

    @Test
    void init_refused_leavesNoInstallationBehind() throws Exception {
        SSLContext context = context(Connector.of("", ClientAuth.NONE));
        assertThatThrownBy(() -> context.init(null, null, null))
                .hasMessageContaining("the test of the ticket keys in memory failed");

        assertThat(manager.status().installations()).isZero();
    }

    @Test
    void engine_ofTheContext_isTheEnginesOwnInACover() throws Exception {
        SSLEngine engine = initialised().createSSLEngine("peer", 1);

        assertThat(((ObservedSslEngine) engine).own().getClass().getName()).startsWith("sun.security.ssl.");
        assertThat(engine.getPeerHost()).isEqualTo("peer");
    }

    @Test
    void durations_shortAndIsoForms_areRead() {
        assertThat(Durations.parse("x", "500ms").toMillis()).isEqualTo(500);
        assertThat(Durations.parse("x", "90s").toSeconds()).isEqualTo(90);
        assertThat(Durations.parse("x", " 12H ").toHours()).isEqualTo(12);
        assertThat(Durations.parse("x", "7d").toDays()).isEqualTo(7);
        assertThat(Durations.parse("x", "PT1H30M").toMinutes()).isEqualTo(90);
        assertThatThrownBy(() -> Durations.parse("ticketLifetime", "6 hours"))
                .hasMessageContaining("ticketLifetime '6 hours' is not a duration");
    }

    @Test
    void start_unknownSettings_areRefusedByName() {
        assertThatThrownBy(() -> TicketService.start(settings("random:", "boring", "6h", "10s")))
                .hasMessageContaining("engine 'boring' is unknown");
        assertThatThrownBy(() -> TicketService.start(settings("random:", "jdk", "8d", "10s")))
                .hasMessageContaining("ticketLifetime 8d");
        assertThatThrownBy(() -> TicketService.start(settings("random:", "jdk", "6h", "1ms")))
                .hasMessageContaining("pollInterval 1ms");
        assertThatThrownBy(() -> TicketService.start(settings("random", "jdk", "6h", "10s")))
                .hasMessageContaining("keys 'random' is not understood");
    }

    private TicketOnlySslContext initialised() throws Exception {
        TicketOnlySslContext context = context(Connector.of("", ClientAuth.NONE));
        context.init(Certificates.keyManagers(CERTIFICATE), null, null);
        return context;
    }

    private TicketOnlySslContext context(Connector connector) throws Exception {
        return TicketOnlySslContext.create(new JdkTicketEngine(), new HandshakeRecorder(manager), connector, "TLS");
    }

    private static TicketKeyManager manager() {
        try {
            return TicketKeyManager.open(
                    new FixedSource(KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom())),
                    TicketPolicy.DEFAULT,
                    InstantSource.system());
        } catch (KeySourceException e) {
            throw new AssertionError(e);
        }
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }

    /** Accepts only clients that send a server name, like Jetty with {@code sniRequired}. */
    private static final class NamedOnly extends X509ExtendedKeyManager {
        private final X509ExtendedKeyManager delegate;

        NamedOnly(X509ExtendedKeyManager delegate) {
            this.delegate = delegate;
        }

        @Override
        public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
            // Java 25 asks again on resumption, when there is no handshake session.
            boolean named = !(engine.getHandshakeSession() instanceof ExtendedSSLSession session)
                    || !session.getRequestedServerNames().isEmpty();
            return named ? delegate.chooseEngineServerAlias(keyType, issuers, engine) : null;
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return delegate.getServerAliases(keyType, issuers);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return delegate.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return delegate.getPrivateKey(alias);
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
            return null;
        }
    }

    private static TicketSettings settings(String keys, String engine, String ticketLifetime, String pollInterval) {
        return new SettingsText(keys, null, engine, ticketLifetime, pollInterval, "", "true").parse("Test");
    }
}
