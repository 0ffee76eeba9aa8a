package dev.gangway.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.TicketKeysMXBean;
import dev.gangway.internal.jmx.TicketKeysView;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.KeyTimes;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.OrderedKeyset;
import dev.gangway.internal.keys.SecretBytes;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.ManagerStatus.State;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.internal.selftest.ConnectorView;
import dev.gangway.internal.source.KeysetSource;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.ManualClock;
import dev.gangway.testing.RecordingInstallation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The values of the gauges in each state. */
class KeyMetersTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ManualClock clock = new ManualClock(START);
    private final List<TicketKey> keys = KeyRotation.DEFAULT.initialKeys(START, RANDOM);
    private final FixedSource source = new FixedSource(keys);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    // Micrometer has only a weak reference to it.
    private HandshakeRecorder recorder;

    @Test
    void gauges_freshKeys_showKeysTimesAndInstallations() throws Exception {
        TicketKeyManager manager = bind(source);
        RecordingInstallation installation = new RecordingInstallation();
        manager.register(installation);
        clock.advance(Duration.ofMillis(90_500));

        KeyTimes active = keys.get(0).times().orElseThrow();
        assertThat(state()).isEqualTo(State.SHARING);
        assertThat(value("gangway.ssl.ticket.keys", "role", "active")).isEqualTo(1);
        assertThat(value("gangway.ssl.ticket.keys", "role", "next")).isEqualTo(1);
        assertThat(value("gangway.ssl.ticket.keys", "role", "previous")).isZero();
        assertThat(value("gangway.ssl.ticket.keys", "role", "accept-only")).isZero();
        assertThat(value("gangway.ssl.active.key.age")).isEqualTo(90.5);
        assertThat(value("gangway.ssl.time.to.next.change"))
                .isEqualTo(Duration.between(clock.instant(), active.retireAt()).toMillis() / 1000.0);
        Instant last = keys.get(1).times().orElseThrow().retireAt();
        assertThat(value("gangway.ssl.time.to.last.retirement"))
                .isEqualTo(Duration.between(clock.instant(), last).toMillis() / 1000.0);
        assertThat(value("gangway.ssl.time.since.last.good.load")).isEqualTo(90.5);
        assertThat(value("gangway.ssl.installations")).isEqualTo(1);
        assertThat(value("gangway.ssl.installations.broken")).isZero();
        // A strong reference, so that it is not collected.
        assertThat(installation.rings).isNotEmpty();
    }

    @Test
    void gauges_keysWithoutTimes_haveNoAgeAndNoChange() throws Exception {
        Keyset ordered = OrderedKeyset.of(List.of(unscheduled(), unscheduled()));
        bind(new FixedSource(keys) {
            @Override
            public Optional<Keyset> loadIfChanged(Instant now) {
                return Optional.of(ordered);
            }
        });

        assertThat(value("gangway.ssl.active.key.age")).isNaN();
        assertThat(value("gangway.ssl.time.to.next.change")).isNaN();
        assertThat(value("gangway.ssl.time.to.last.retirement")).isNaN();
        assertThat(value("gangway.ssl.ticket.keys", "role", "active")).isEqualTo(1);
        assertThat(value("gangway.ssl.ticket.keys", "role", "accept-only")).isEqualTo(1);
    }

    @Test
    void state_followsTheManager_oneAtATime() throws Exception {
        TicketKeyManager manager = bind(source);
        source.fail("gone");
        manager.reload();
        assertThat(state()).isEqualTo(State.KEEPING_LAST_GOOD_KEYS);

        source.recover();
        RecordingInstallation broken = new RecordingInstallation();
        manager.register(broken);
        broken.failing = true;
        source.set(KeyRotation.DEFAULT.initialKeys(clock.instant(), RANDOM));
        manager.reload();
        assertThat(state()).isEqualTo(State.INSTALLATION_BROKEN);
        assertThat(value("gangway.ssl.installations.broken")).isEqualTo(1);
        broken.failing = false;

        clock.advance(Duration.ofDays(60));
        manager.updateRing();
        assertThat(state()).isEqualTo(State.NOT_SHARING);
        assertThat(value("gangway.ssl.active.key.age")).isNaN();
        assertThat(value("gangway.ssl.ticket.keys", "role", "active")).isZero();

        manager.close();
        assertThat(state()).isEqualTo(State.CLOSED);
    }

    private State state() {
        List<State> present = Stream.of(State.values())
                .filter(state -> value("gangway.ssl.state", "state", TagValue.of(state)) == 1)
                .toList();
        assertThat(present).hasSize(1);
        return present.get(0);
    }

    private double value(String meter, String... tags) {
        return registry.get(meter).tags(tags).gauge().value();
    }

    private TicketKeyManager bind(KeysetSource keySource) throws Exception {
        TicketKeyManager manager = TicketKeyManager.open(keySource, TicketPolicy.DEFAULT, clock);
        recorder = new HandshakeRecorder(manager);
        new TicketMetrics(shownBy(recorder), "test").bindTo(registry);
        return manager;
    }

    private static TicketKey unscheduled() {
        return TicketKey.unscheduled(KeyName.random(RANDOM), SecretBytes.random(32, RANDOM));
    }

    private static TicketKeysMXBean shownBy(HandshakeRecorder recorder) {
        return TicketKeysView.of(recorder, "jdk", ConnectorView.UNKNOWN);
    }
}
