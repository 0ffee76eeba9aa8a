package dev.gangway.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.ClientAuth;
import dev.gangway.KeySourceException;
import dev.gangway.internal.context.Connector;
import dev.gangway.internal.context.TicketOnlySslContext;
import dev.gangway.internal.engine.jdk.JdkTicketEngine;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeObserver;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.LongForm;
import dev.gangway.testing.ManualClock;
import dev.gangway.testing.TicketClient;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A client that connects repeatedly to any node, always with its newest ticket. Its session ends one ticket lifetime after
 * the full handshake, or with its certificate, however often it was resumed. For SunJSSE, with an injected clock; for
 * BoringSSL, which uses the system clock, see {@link FakedClockTest}.
 */
@Tag("engine")
class SessionLifetimePropertiesTest {
    private static final int HISTORIES = LongForm.tries(200, 15);
    private static final int CONNECTIONS = 40;
    private static final Duration LIFETIME = Duration.ofHours(6);
    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final KeyRotation ROTATION = new KeyRotation(Duration.ofHours(12), LIFETIME, SKEW);
    private static final Certificates.Held SERVER = Certificates.server("localhost");
    private static final Certificates.Held AUTHORITY = Certificates.authority("authority");

    @ParameterizedTest
    @CsvSource({"TLSv1.2,NONE", "TLSv1.3,NONE", "TLSv1.2,REQUIRED", "TLSv1.3,REQUIRED"})
    void session_anyHistory_endsWithTheTicketLifetimeAndTheCertificate(String protocol, ClientAuth clientAuth)
            throws Exception {
        int resumptions = 0;
        int longestChain = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            History history = new History(protocol, clientAuth, new Random(seed));
            history.run();
            resumptions += history.resumptions;
            longestChain = Math.max(longestChain, history.longestChain);
        }

        assertThat(resumptions).as("otherwise the test shows nothing").isGreaterThan(HISTORIES * CONNECTIONS / 5);
        assertThat(longestChain).isGreaterThan(5);
    }

    private static final class History {
        final Random random;
        final ClientAuth clientAuth;
        final Instant start = Instant.now();
        final Instant certificateEnds;
        final Node[] nodes = new Node[3];
        final TicketClient client;
        List<TicketKey> keys;
        Instant now = start;
        int resumptions;
        int chain;
        int longestChain;
        Instant fullAt;

        History(String protocol, ClientAuth clientAuth, Random random) throws Exception {
            this.clientAuth = clientAuth;
            this.random = random;
            keys = ROTATION.initialKeys(start.minus(SKEW), new SecureRandom());
            // A full handshake uses the system clock, by which this certificate is valid throughout.
            certificateEnds = start.plus(Duration.ofHours(4 + random.nextInt(40)));
            for (int i = 0; i < nodes.length; i++) {
                nodes[i] = new Node(Duration.ofSeconds(random.nextInt(61) - 30));
            }
            Certificates.Held certificate = Certificates.client("client", AUTHORITY, certificateEnds);
            client = TicketClient.of(
                    protocol,
                    clientAuth == ClientAuth.NONE ? new KeyManager[0] : Certificates.keyManagers(certificate));
        }

        void run() throws Exception {
            for (int i = 0; i < CONNECTIONS; i++) {
                now = now.plusSeconds(random.nextInt(random.nextInt(4) == 0 ? 8 * 3600 : 1800));
                keys = ROTATION.withNextKey(keys, now, new SecureRandom());
                Node node = nodes[random.nextInt(nodes.length)];
                node.follow();
                connect(node);
            }
        }

        private void connect(Node node) throws Exception {
            if (node.resumes()) {
                resumptions++;
                longestChain = Math.max(longestChain, ++chain);
                // Each node uses its own clock, and the clocks differ by at most a minute.
                assertThat(Duration.between(fullAt, now.plus(node.offset)))
                        .as("since the full handshake")
                        .isLessThan(LIFETIME);
                if (clientAuth == ClientAuth.REQUIRED) {
                    assertThat(now.plus(node.offset))
                            .as("the certificate's end")
                            .isBefore(certificateEnds);
                }
                long told = HandshakeObserver.of(node.last)
                        .orElseThrow()
                        .authenticationAge()
                        .map(Duration::toSeconds)
                        .orElse(-1L);
                if (clientAuth == ClientAuth.NONE) {
                    assertThat(told)
                            .isEqualTo(Math.max(0, now.plus(node.offset).getEpochSecond() - fullAt.getEpochSecond()));
                }
            } else {
                chain = 0;
                fullAt = now.plus(node.offset);
            }
        }

        final class Node {
            final Duration offset;
            final ManualClock clock;
            final FixedSource source = new FixedSource(keys);
            final TicketKeyManager manager;
            final SSLContext context;
            SSLEngine last;

            Node(Duration offset) throws GeneralSecurityException, KeySourceException {
                this.offset = offset;
                clock = new ManualClock(start.plus(offset));
                manager = TicketKeyManager.open(source, TicketPolicy.ofLifetime(LIFETIME), clock);
                context = TicketOnlySslContext.create(
                        new JdkTicketEngine(), new HandshakeRecorder(manager), Connector.of("", clientAuth), "TLS");
                context.init(Certificates.keyManagers(SERVER), Certificates.trustManagers(AUTHORITY), null);
            }

            void follow() {
                clock.set(now.plus(offset));
                source.set(keys);
                manager.reload();
            }

            boolean resumes() throws Exception {
                last = context.createSSLEngine();
                last.setUseClientMode(false);
                last.setNeedClientAuth(clientAuth == ClientAuth.REQUIRED);
                return client.resumes(last);
            }
        }
    }
}
