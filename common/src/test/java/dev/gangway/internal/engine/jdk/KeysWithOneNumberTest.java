package dev.gangway.internal.engine.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.ClientAuth;
import dev.gangway.HandshakeOutcome;
import dev.gangway.internal.context.Connector;
import dev.gangway.internal.context.TicketOnlySslContext;
import dev.gangway.internal.engine.jdk.TicketNumbers.Meaning;
import dev.gangway.internal.keys.KeyDerivation;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.KeyTimes;
import dev.gangway.internal.keys.Scope;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeObserver;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.internal.outcome.ObservedHandshake;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.ManualClock;
import dev.gangway.testing.TicketClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two keys whose ticket numbers overlap, as happens by chance: the number of one ticket looks like one of both keys. */
@Tag("engine")
class KeysWithOneNumberTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final Duration LIFETIME = Duration.ofHours(6);
    private static final TicketPolicy POLICY = TicketPolicy.ofLifetime(LIFETIME);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyRotation ROTATION = new KeyRotation(Duration.ofHours(12), LIFETIME, POLICY.clockSkew());
    private static final Duration HOUR = Duration.ofHours(1);

    private final KeyDerivation derivation =
            KeyDerivation.of(JdkTicketEngine.layout(POLICY), Scope.of("", ClientAuth.NONE, List.of()));

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void resumption_activeKeyHasTheTicketsNumberToo_isToldByTheKeyThatOpenedIt(String protocol) throws Exception {
        List<TicketKey> keys = ROTATION.initialKeys(START, RANDOM).stream()
                .sorted(Comparator.comparing(key -> key.times().orElseThrow().activateAt()))
                .toList();
        TicketKey next = keys.get(1);
        Instant change = next.times().orElseThrow().activateAt();
        Instant sealedAt = change.minus(HOUR);
        Instant resumedAt = change.plus(HOUR);
        TicketKey first = withANumberOf(next, keys.get(0).times().orElseThrow(), sealedAt, resumedAt);
        FixedSource source = new FixedSource(List.of(first, next));
        ManualClock clock = new ManualClock(sealedAt);
        TicketKeyManager manager = TicketKeyManager.open(source, POLICY, clock);
        SSLContext node = TicketOnlySslContext.create(
                new JdkTicketEngine(), new HandshakeRecorder(manager), Connector.of("", ClientAuth.NONE), "TLS");
        node.init(Certificates.keyManagers(Certificates.server("localhost")), null, null);
        TicketClient client = TicketClient.of(protocol);
        client.connect(node.createSSLEngine());

        clock.set(resumedAt);
        source.set(List.of(first, next));
        manager.reload();
        SSLEngine engine = node.createSSLEngine();
        assertThat(client.resumes(engine)).isTrue();

        ObservedHandshake seen = HandshakeObserver.of(engine).orElseThrow();
        assertThat(seen.key()).contains(first.name());
        assertThat(seen.outcome()).isEqualTo(HandshakeOutcome.RESUMED_PREVIOUS_KEY);
        assertThat(seen.authenticationAge()).contains(Duration.between(sealedAt, resumedAt));
    }

    /** A key whose ticket has a number that {@code other} might have given to a ticket, but not to one that is live. */
    private TicketKey withANumberOf(TicketKey other, KeyTimes times, Instant sealedAt, Instant resumedAt) {
        TicketNumbers others = TicketNumbers.derive(other, derivation);
        KeysByTicketNumber known = KeysByTicketNumber.NONE.with(
                List.of(new KeysByTicketNumber.KnownKey(other.name(), others, other.times())));
        Meaning sealed = new Meaning(sealedAt.plus(LIFETIME).getEpochSecond(), false);
        while (true) {
            TicketKey key = TicketKey.random(times, RANDOM);
            int number = TicketNumbers.derive(key, derivation).numberOf(sealed);
            if (known.find(number, resumedAt).isPresent()
                    && others.live(number, resumedAt, LIFETIME, POLICY.clockSkew())
                            .isEmpty()) {
                return key;
            }
        }
    }
}
