package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.HandshakeOutcome;
import dev.gangway.internal.engine.ObservedSslEngine;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.KeyTimes;
import dev.gangway.internal.keys.SecretBytes;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeObserver;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.TicketClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engine {@code openssl} in a real Tomcat. Needs Java 22 and OpenSSL 3; see {@link OpenSslOnNewerJavaTest}. */
@Tag("openssl")
class OpenSslTest extends OpenSslNodes {
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void otherNode_sameKeyFile_resumesAndOtherKeysDoNot(String protocol) throws Exception {
        Path otherKeys = folder.resolve("other.keys");
        KeyFileWriter.writeKeyset(otherKeys, KeyRotation.DEFAULT.initialKeys(Instant.now(), RANDOM));
        try (TomcatNode a = node().with(listener()).start();
                TomcatNode b = node().with(listener()).start();
                TomcatNode foreign = node().with(listener(otherKeys)).start()) {
            HttpsClient client = HttpsClient.of(protocol);

            HttpsClient.Exchange first = client.get(a.port());
            assertThat(first.resumed()).isFalse();
            assertThat(first.status()).isEqualTo(200);
            assertThat(client.get(b.port()).resumed()).isTrue();
            assertThat(client.get(a.port()).resumed()).isTrue();
            assertThat(client.get(foreign.port()).resumed()).isFalse();
            assertThat(client.get(a.port()).resumed()).isFalse();
            assertThat(EngineTest.engineClassOf(a)).contains("openssl.panama");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void rotation_previousAndNextKeys_openAndDroppedOnesDoNot(String protocol) throws Exception {
        Instant now = Instant.now();
        TicketKey sooner = key(now.minusSeconds(100), now.plus(Duration.ofDays(1)));
        TicketKey later = key(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(2)));
        Path before = folder.resolve("before.keys");
        Path after = folder.resolve("after.keys");
        KeyFileWriter.writeKeyset(before, List.of(sooner, later));
        // The same two keys, a day later.
        KeyFileWriter.writeKeyset(
                after,
                List.of(
                        sooner.withTimes(times(now.minusSeconds(200), now.minusSeconds(50))),
                        later.withTimes(times(now.minusSeconds(50), now.plus(Duration.ofDays(1))))));
        Path last = folder.resolve("later.keys");
        KeyFileWriter.writeKeyset(
                last, List.of(later.withTimes(times(now.minusSeconds(50), now.plus(Duration.ofDays(1))))));
        try (TomcatNode old = node().with(listener(before)).start();
                TomcatNode rotated = node().with(listener(after)).start();
                TomcatNode latest = node().with(listener(last)).start()) {
            HttpsClient client = HttpsClient.of(protocol);
            client.get(old.port());
            assertThat(client.get(latest.port()).resumed()).as("dropped key").isFalse();

            HttpsClient another = HttpsClient.of(protocol);
            another.get(old.port());
            HttpsClient.Exchange second = another.get(rotated.port());
            assertThat(second.resumed()).as("previous key").isTrue();
            if (protocol.equals("TLSv1.3")) {
                // OpenSSL issues two tickets at first; this connection uses the other one.
                assertThat(another.get(rotated.port()).resumed()).isTrue();
                assertThat(another.get(latest.port()).resumed()).as("renewed").isTrue();
            } else {
                // Java's client ignores TLS 1.2 tickets without a lifetime, which OpenSSL issues on renewal.
                assertThat(nameIn(second.handshake().issuedTicket()))
                        .isNotEqualTo(nameIn(second.handshake().offeredTicket()));
                HttpsClient.Exchange third = another.get(old.port());
                assertThat(third.resumed()).isTrue();
                assertThat(third.handshake().issuedTicket()).as("no need").isEmpty();
            }

            HttpsClient early = HttpsClient.of(protocol);
            early.get(rotated.port());
            assertThat(early.get(old.port()).resumed()).as("next key").isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void ticket_anyByteChanged_costsAFullHandshake(String protocol) throws Exception {
        try (TomcatNode a = node().with(listener()).start()) {
            for (int position : new int[] {0, 15, 16, 31, 32, 100, -1}) {
                TicketClient tickets = TicketClient.of(protocol);
                tickets.connect(openSslEngineOf(a));
                tickets.changeTickets(ticket -> ticket[position < 0 ? ticket.length + position : position] ^= 1);
                assertThat(tickets.resumes(openSslEngineOf(a)))
                        .as("byte " + position)
                        .isFalse();
                assertThat(tickets.resumes(openSslEngineOf(a)))
                        .as("with the next ticket")
                        .isTrue();
            }
            TicketClient garbage = TicketClient.of(protocol);
            garbage.connect(openSslEngineOf(a));
            garbage.changeTickets(RANDOM::nextBytes);
            assertThat(garbage.resumes(openSslEngineOf(a))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void managerClosed_contextGoesOn_withAKeyOfItsOwn(String protocol) throws Exception {
        GangwayListener listener = listener();
        try (TomcatNode a = node().with(listener).start();
                TomcatNode b = node().with(listener()).start()) {
            HttpsClient before = HttpsClient.of(protocol);
            before.get(a.port());
            listener.ticketKeyManager().orElseThrow().close();

            assertThat(before.get(a.port()).resumed()).as("shared key is gone").isFalse();
            HttpsClient client = HttpsClient.of(protocol);
            assertThat(client.get(a.port()).status()).isEqualTo(200);
            assertThat(client.get(a.port()).resumed()).as("own random key").isTrue();
            assertThat(client.get(b.port()).resumed()).as("not shared").isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void handshakes_whileContextsComeAndGo_neverFail(String protocol) throws Exception {
        GangwayListener listener = listener();
        try (TomcatNode a = node().with(listener).start()) {
            TicketKeyManager manager = listener.ticketKeyManager().orElseThrow();
            Thread reloads = new Thread(() -> {
                for (int i = 0; i < 20; i++) {
                    newKeys();
                    manager.reload();
                    a.protocol().reloadSslHostConfigs();
                    System.gc();
                }
            });
            reloads.start();
            HttpsClient client = HttpsClient.of(protocol);
            while (reloads.isAlive()) {
                assertThat(IntStream.range(0, 5).map(i -> status(client, a)).distinct())
                        .containsExactly(200);
            }
            reloads.join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void unobservedEngine_shakesHands_withoutTickets(String protocol) throws Exception {
        try (TomcatNode a = node().with(listener()).start()) {
            TicketClient client = TicketClient.of(protocol);
            client.connect(openSslEngineOf(a));
            assertThat(client.resumes(unobserved(a))).as("takes no ticket").isFalse();
            assertThat(client.resumes(openSslEngineOf(a))).as("gave no ticket").isFalse();
            assertThat(client.resumes(openSslEngineOf(a))).isTrue();
        }
    }

    /** Like a certificate request after the handshake: the host's tickets are from connections without such a request. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void certificateAskedForBeyondTheHostsMode_noTicketIsTakenOrGiven(String protocol) throws Exception {
        try (TomcatNode a = node().with(listener()).start()) {
            TicketClient client = TicketClient.of(protocol);
            client.connect(openSslEngineOf(a));
            SSLEngine asking = openSslEngineOf(a);
            asking.setWantClientAuth(true);
            assertThat(client.resumes(asking)).isFalse();
            assertThat(HandshakeObserver.of(asking).orElseThrow().outcome())
                    .isEqualTo(HandshakeOutcome.FULL_OTHER_SCOPE);
            assertThat(client.resumes(openSslEngineOf(a))).as("gave no ticket").isFalse();
        }
    }

    private static SSLEngine unobserved(TomcatNode node) {
        return ((ObservedSslEngine) openSslEngineOf(node)).own();
    }

    private static KeyName nameIn(Optional<byte[]> ticket) {
        return KeyName.of(Arrays.copyOf(ticket.orElseThrow(), KeyName.LENGTH));
    }

    private void newKeys() {
        try {
            KeyFileWriter.writeKeyset(keys, KeyRotation.DEFAULT.initialKeys(Instant.now(), RANDOM));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int status(HttpsClient client, TomcatNode node) {
        try {
            return client.get(node.port()).status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TicketKey key(Instant from, Instant to) {
        return TicketKey.scheduled(
                KeyName.random(RANDOM), SecretBytes.random(TicketKey.MIN_SECRET_LENGTH, RANDOM), times(from, to));
    }

    private static KeyTimes times(Instant activateAt, Instant retireAt) {
        return new KeyTimes(
                activateAt.minus(Duration.ofDays(2)), activateAt, retireAt, retireAt.plus(Duration.ofDays(1)));
    }
}
