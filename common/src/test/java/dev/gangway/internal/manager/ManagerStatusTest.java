package dev.gangway.internal.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.OrderedKeyset;
import dev.gangway.internal.keys.SecretBytes;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.KeyStatus.Role;
import dev.gangway.internal.manager.ManagerStatus.State;
import dev.gangway.internal.source.KeysetSource;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.HangingSource;
import dev.gangway.testing.LogCapture;
import dev.gangway.testing.ManualClock;
import dev.gangway.testing.RecordingInstallation;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

/** The status of a manager in each of its states. */
class ManagerStatusTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ManualClock clock = new ManualClock(START);
    private final List<TicketKey> keys = KeyRotation.DEFAULT.initialKeys(START, RANDOM);
    private final FixedSource source = new FixedSource(keys);

    @Test
    void status_freshKeys_isSharingAndShowsEveryKeyWithRoleAndTimes() throws Exception {
        TicketKeyManager manager = open(source);

        ManagerStatus status = manager.status();

        assertThat(status.state()).isEqualTo(State.SHARING);
        assertThat(status.source()).isEqualTo("fixed:");
        assertThat(status.fault()).isEmpty();
        assertThat(status.lastGoodLoad()).isEqualTo(START);
        assertThat(status.ringDigest()).isEqualTo(manager.ring().digest());
        assertThat(status.nextChange())
                .contains(keys.get(0).times().orElseThrow().retireAt());
        assertThat(status.keys())
                .extracting(KeyStatus::name, KeyStatus::role, KeyStatus::times)
                .containsExactly(
                        tuple(
                                keys.get(0).name().toString(),
                                Role.ACTIVE,
                                keys.get(0).times()),
                        tuple(
                                keys.get(1).name().toString(),
                                Role.NEXT,
                                keys.get(1).times()));
        assertThat(status.activeKey()).contains(status.keys().get(0));
    }

    @Test
    void status_afterTakeOver_theOldKeyIsPrevious() throws Exception {
        TicketKeyManager manager = open(source);

        clock.set(keys.get(0).times().orElseThrow().retireAt());
        manager.updateRing();

        assertThat(manager.status().keys()).extracting(KeyStatus::role).containsExactly(Role.ACTIVE, Role.PREVIOUS);
    }

    @Test
    void status_keysWithoutTimes_areActiveAndAcceptOnly() throws Exception {
        Keyset ordered = OrderedKeyset.of(List.of(unscheduled(), unscheduled()));
        TicketKeyManager manager = open(new FixedSource(keys) {
            @Override
            public Optional<Keyset> loadIfChanged(Instant now) {
                return Optional.of(ordered);
            }
        });

        ManagerStatus status = manager.status();

        assertThat(status.keys()).extracting(KeyStatus::role).containsExactly(Role.ACTIVE, Role.ACCEPT_ONLY);
        assertThat(status.keys()).allMatch(key -> key.times().isEmpty());
        assertThat(status.nextChange()).isEmpty();
        assertThat(KeyStatus.inWords(status.keys())).matches("active [0-9a-f]{8}, accept-only [0-9a-f]{8}");
    }

    @Test
    void status_sourceFails_keepsLastGoodKeysThenSharesNothingThenRecovers() throws Exception {
        TicketKeyManager manager = open(source);
        source.fail("the disk is gone");
        manager.reload();
        assertThat(manager.status().state()).isEqualTo(State.KEEPING_LAST_GOOD_KEYS);
        assertThat(manager.status().fault()).contains("the disk is gone");

        clock.set(keys.get(1).times().orElseThrow().destroyAt());
        manager.updateRing();
        manager.reload();
        assertThat(manager.status().state()).isEqualTo(State.NOT_SHARING);
        assertThat(manager.status().keys()).isEmpty();
        assertThat(manager.status().activeKey()).isEmpty();
        assertThat(manager.status().lastGoodLoad()).isEqualTo(START);

        source.recover();
        source.set(KeyRotation.DEFAULT.initialKeys(clock.instant(), RANDOM));
        manager.reload();
        assertThat(manager.status().state()).isEqualTo(State.SHARING);
        assertThat(manager.status().lastGoodLoad()).isEqualTo(clock.instant());
    }

    @Test
    void status_oneInstallationFails_isBrokenWarnsOnceAndIsMendedAtTheNextTurn() throws Exception {
        TicketKeyManager manager = open(source);
        RecordingInstallation installation = new RecordingInstallation();
        manager.register(installation);
        try (LogCapture log = new LogCapture()) {
            installation.failing = true;
            source.set(KeyRotation.DEFAULT.initialKeys(START, RANDOM));
            manager.reload();
            manager.updateRing();
            manager.updateRing();

            assertThat(manager.status().state()).isEqualTo(State.INSTALLATION_BROKEN);
            assertThat(manager.status().brokenInstallations()).isEqualTo(1);
            assertThat(manager.status().installations()).isEqualTo(1);
            assertThat(log.at(Level.WARNING)).hasSize(1).allMatch(line -> line.contains("broken on purpose"));

            installation.failing = false;
            manager.updateRing();

            assertThat(manager.status().state()).isEqualTo(State.SHARING);
            assertThat(manager.status().brokenInstallations()).isZero();
            assertThat(installation.rings.get(installation.rings.size() - 1)).isSameAs(manager.ring());
            assertThat(log.at(Level.INFO)).anyMatch(line -> line.contains("has accepted them now"));
        }
    }

    @Test
    void status_sourceHangs_saysSinceWhenAndRecoversWithItsAnswer() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch diskIsBack = new CountDownLatch(1);
        TicketKeyManager manager = open(new HangingSource(keys, asked, diskIsBack));
        Thread loader = new Thread(manager::reload);
        loader.start();
        asked.await();

        clock.advance(SourceHealth.TIMEOUT);
        manager.updateRing();
        assertThat(manager.status().fault()).as("still within patience").isEmpty();
        clock.advance(Duration.ofSeconds(1));
        try (LogCapture log = new LogCapture()) {
            manager.updateRing();
            manager.updateRing();
            assertThat(log.at(Level.WARNING)).hasSize(1);
        }
        assertThat(manager.status().state()).isEqualTo(State.KEEPING_LAST_GOOD_KEYS);
        assertThat(manager.status().fault().orElseThrow())
                .contains("fixed:")
                .contains("has not answered since " + START);

        diskIsBack.countDown();
        loader.join();
        manager.updateRing();
        assertThat(manager.status().state()).isEqualTo(State.SHARING);
        assertThat(manager.status().fault()).isEmpty();
    }

    @Test
    void status_sourceFailedAndIsSilent_isNotReportedAsHanging() throws Exception {
        TicketKeyManager manager = open(source);
        source.fail("the disk is gone");
        manager.reload();

        clock.advance(Duration.ofMinutes(5));
        manager.updateRing();

        assertThat(manager.status().fault()).contains("the disk is gone");
    }

    @Test
    void log_ofEachChange_callsKeysByTheRolesOfTheStatus() throws Exception {
        try (LogCapture log = new LogCapture()) {
            TicketKeyManager manager = open(source);
            assertThat(log.at(Level.INFO))
                    .containsExactly("Ticket keys from fixed: now: active %s, next %s"
                            .formatted(
                                    keys.get(0).name().shortForm(),
                                    keys.get(1).name().shortForm()));

            clock.set(keys.get(0).times().orElseThrow().retireAt());
            manager.updateRing();
            assertThat(log.at(Level.INFO))
                    .last()
                    .isEqualTo("Ticket keys from fixed: now: active %s, previous %s"
                            .formatted(
                                    keys.get(1).name().shortForm(),
                                    keys.get(0).name().shortForm()));

            clock.set(keys.get(1).times().orElseThrow().retireAt());
            manager.updateRing();
            assertThat(log.at(Level.INFO))
                    .last()
                    .isEqualTo("Ticket keys from fixed: now: active none, previous %s"
                            .formatted(keys.get(1).name().shortForm()));
        }
    }

    @Test
    void log_ofAnOrdinaryStop_isNoOutage() throws Exception {
        TicketKeyManager manager = open(source);
        try (LogCapture log = new LogCapture()) {
            manager.close();
            manager.close();

            assertThat(log.at(Level.INFO))
                    .containsExactly(
                            "The server no longer uses the ticket keys from fixed:, and has wiped its copies of them");
            assertThat(log.at(Level.WARNING)).isEmpty();
        }
    }

    @Test
    void status_closed_saysSo() throws Exception {
        TicketKeyManager manager = open(source);

        manager.close();

        assertThat(manager.status().state()).isEqualTo(State.CLOSED);
        assertThat(manager.status().keys()).isEmpty();
    }

    @Test
    void status_rendered_holdsNoSecret() throws Exception {
        assertThat(open(source).status().toString())
                .contains(keys.get(0).name().toString())
                .doesNotContain("Secret");
    }

    private TicketKeyManager open(KeysetSource keySource) throws KeySourceException {
        return TicketKeyManager.open(keySource, TicketPolicy.DEFAULT, clock);
    }

    private static TicketKey unscheduled() {
        return TicketKey.unscheduled(KeyName.random(RANDOM), SecretBytes.random(32, RANDOM));
    }
}
