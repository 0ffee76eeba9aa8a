package dev.gangway.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.ClientAuth;
import dev.gangway.internal.context.Connector;
import dev.gangway.internal.context.TicketOnlySslContext;
import dev.gangway.internal.engine.conscrypt.ConscryptTicketEngine;
import dev.gangway.internal.engine.jdk.JdkTicketEngine;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.internal.source.KeyFileSource;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.LongForm;
import dev.gangway.testing.ManualClock;
import dev.gangway.testing.TicketClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Three nodes with the largest allowed difference between their clocks, which get each new key file at different times,
 * through many rotations. Every ticket within its lifetime resumes on every node.
 */
@Tag("engine")
class FleetRotationTest {
    private static final int ROTATIONS = LongForm.tries(500, 50);
    private static final TicketPolicy POLICY = TicketPolicy.DEFAULT;
    private static final KeyRotation ROTATION = KeyRotation.DEFAULT;
    private static final Duration SLOWEST_DELIVERY = Duration.ofHours(1);
    private static final Certificates.Held CERTIFICATE = Certificates.server("localhost");

    private final Random random = new Random(20260601);
    private final SecureRandom secureRandom = new SecureRandom();
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final List<Node> nodes = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private final Set<String> sealedWith = new HashSet<>();
    // Three nodes log every key, which is too much output; failures have the necessary information.
    private final Logger log = Logger.getLogger("dev.gangway");
    private int resumptions;

    @TempDir
    Path folder;

    @BeforeEach
    void beQuiet() {
        log.setLevel(Level.WARNING);
    }

    @AfterEach
    void stop() {
        log.setLevel(null);
        nodes.forEach(node -> node.manager.close());
    }

    @ParameterizedTest
    @CsvSource({"jdk, TLSv1.2", "jdk, TLSv1.3", "conscrypt, TLSv1.2", "conscrypt, TLSv1.3"})
    void fleet_clocksApartAndFilesLate_resumesEveryTicketThroughManyRotations(String engine, String protocol)
            throws Exception {
        List<TicketKey> keys = ROTATION.initialKeys(start.minusSeconds(60), secureRandom);
        Duration halfOfSkew = POLICY.clockSkew().dividedBy(2);
        for (Duration offset : List.of(halfOfSkew.negated(), Duration.ZERO, halfOfSkew)) {
            Path file = folder.resolve("node" + nodes.size());
            KeyFileWriter.writeKeyset(file, keys);
            nodes.add(new Node(engine(engine), file, offset));
        }

        Instant takeOver = keys.get(1).times().orElseThrow().activateAt();
        for (int rotation = 0; rotation < ROTATIONS; rotation++) {
            for (Instant instant : instantsAround(takeOver)) {
                bringTo(instant);
                resumeTicketsThatAreDue(instant);
                takeATicket(instant, protocol);
            }
            keys = announceNext(keys, takeOver.plus(Duration.ofMinutes(5)));
            takeOver = takeOver.plus(ROTATION.period());
        }

        assertThat(resumptions).isGreaterThan(ROTATIONS * 8);
        assertThat(sealedWith).as("keys that sealed").hasSizeGreaterThanOrEqualTo(ROTATIONS);
    }

    /** Times around an activation, when only some nodes seal with the new key, and times between activations. */
    private List<Instant> instantsAround(Instant takeOver) {
        List<Instant> instants = new ArrayList<>();
        for (int second : List.of(-61, -31, -30, -1, 0, 15, 30, 31, 61)) {
            instants.add(takeOver.plusSeconds(second));
        }
        Instant oldKeyDies = takeOver.plus(ROTATION.ticketLifetime()).plus(ROTATION.skew());
        for (int second : List.of(-31, 0, 31)) {
            instants.add(oldKeyDies.plusSeconds(second));
        }
        instants.add(takeOver.plus(Duration.ofHours(9)).plusSeconds(random.nextInt(3_600)));
        return instants;
    }

    private void bringTo(Instant instant) throws IOException {
        for (Delivery delivery : List.copyOf(deliveries)) {
            if (!delivery.at.isAfter(instant)) {
                Files.move(delivery.file, delivery.to.file, StandardCopyOption.ATOMIC_MOVE);
                deliveries.remove(delivery);
            }
        }
        for (Node node : nodes) {
            node.clock.set(instant.plus(node.offset));
            // The update that the manager does every ten seconds.
            node.manager.reload();
            node.manager.updateRing();
        }
    }

    private void resumeTicketsThatAreDue(Instant now) throws Exception {
        for (Held ticket : List.copyOf(held)) {
            if (!ticket.useAt.isAfter(now)) {
                held.remove(ticket);
                Duration age = Duration.between(ticket.takenAt, now);
                if (age.plus(POLICY.clockSkew()).compareTo(POLICY.ticketLifetime()) < 0) {
                    assertThat(ticket.client.resumes(ticket.useOn.server()))
                            .as("at %s, %s old, clocks %s and %s", now, age, ticket.takenOn.offset, ticket.useOn.offset)
                            .isTrue();
                    resumptions++;
                }
            }
        }
    }

    private void takeATicket(Instant now, String protocol) throws Exception {
        Node node = nodes.get(random.nextInt(nodes.size()));
        Node other = nodes.get(random.nextInt(nodes.size()));
        TicketClient client = TicketClient.of(protocol);
        assertThat(client.resumes(node.server())).as("first connection").isFalse();
        sealedWith.add(node.manager.ring().active().orElseThrow().name().toString());
        // At once, at one of the next instants, or near the end of the ticket's lifetime.
        Duration wait = List.of(Duration.ZERO, Duration.ofSeconds(15), Duration.ofMinutes(1), Duration.ofMinutes(340))
                .get(random.nextInt(4));
        held.add(new Held(client, node, other, now, now.plus(wait)));
        resumeTicketsThatAreDue(now);
    }

    private List<TicketKey> announceNext(List<TicketKey> keys, Instant now) throws IOException {
        List<TicketKey> next = ROTATION.withNextKey(keys, now, secureRandom);
        for (Node node : nodes) {
            Path file = folder.resolve("delivery" + deliveries.size() + "-" + now.getEpochSecond());
            KeyFileWriter.writeKeyset(file, next);
            Duration delay = Duration.ofSeconds(random.nextInt((int) SLOWEST_DELIVERY.toSeconds()));
            deliveries.add(new Delivery(file, node, now.plus(delay)));
        }
        return next;
    }

    private static TicketEngine engine(String name) {
        return name.equals("jdk") ? new JdkTicketEngine() : ConscryptTicketEngine.create();
    }

    private record Held(TicketClient client, Node takenOn, Node useOn, Instant takenAt, Instant useAt) {}

    private record Delivery(Path file, Node to, Instant at) {}

    private final class Node {
        final Path file;
        final Duration offset;
        final ManualClock clock;
        final TicketKeyManager manager;
        private final SSLContext context;

        Node(TicketEngine engine, Path file, Duration offset) throws Exception {
            this.file = file;
            this.offset = offset;
            clock = new ManualClock(start.plus(offset));
            manager = TicketKeyManager.open(KeyFileSource.of(List.of(file), Allow.OWNER_ONLY, false), POLICY, clock);
            context = TicketOnlySslContext.create(
                    engine, new HandshakeRecorder(manager), Connector.of("", ClientAuth.NONE), "TLS");
            context.init(Certificates.keyManagers(CERTIFICATE), null, null);
        }

        SSLEngine server() {
            return context.createSSLEngine();
        }
    }
}
