package dev.gangway.internal.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.ClientAuth;
import dev.gangway.KeySourceException;
import dev.gangway.internal.engine.ConnectionTickets;
import dev.gangway.internal.engine.Installation;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.engine.TicketSeal;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.source.KeyFileSource;
import dev.gangway.internal.source.KeysetSource;
import dev.gangway.testing.Await;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.LogCapture;
import dev.gangway.testing.ManualClock;
import dev.gangway.testing.RecordingInstallation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TicketKeyManagerTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyRotation ROTATION = KeyRotation.DEFAULT;

    private final ManualClock clock = new ManualClock(START);
    private final List<TicketKey> keys = ROTATION.initialKeys(START, RANDOM);
    private final FixedSource source = new FixedSource(keys);

    @TempDir
    Path folder;

    @Test
    void turn_keyAfterKey_activatesRetiresAndWipesOnTime() throws Exception {
        TicketKeyManager manager = open(source);
        TicketKey first = manager.ring().active().orElseThrow();
        TicketKey second = manager.ring().acceptOnly().get(0);

        clock.set(first.times().orElseThrow().retireAt());
        assertThat(manager.ring().active()).as("not before its turn").contains(first);
        manager.updateRing();
        assertThat(manager.ring().active()).contains(second);
        assertThat(manager.ring().acceptOnly()).containsExactly(first);

        clock.set(first.times().orElseThrow().destroyAt());
        manager.updateRing();
        assertThat(manager.ring().acceptOnly()).isEmpty();
        assertThat(first.secret().isDestroyed()).isTrue();
        assertThat(second.secret().isDestroyed()).isFalse();
    }

    @Test
    void register_ringChanges_reachEveryInstallationAndOneThatFailsStopsNone() throws Exception {
        TicketKeyManager manager = open(source);
        RecordingInstallation good = new RecordingInstallation();
        RecordingInstallation bad = new RecordingInstallation();
        manager.register(bad);
        manager.register(good);
        bad.failing = true;

        source.set(ROTATION.initialKeys(START, RANDOM));
        manager.reload();

        assertThat(good.rings).hasSize(2);
        assertThat(good.rings.get(1)).isSameAs(manager.ring());
        assertThat(manager.status().installations()).isEqualTo(2);
        manager.unregister(bad);
        assertThat(manager.status().installations()).isEqualTo(1);
    }

    @Test
    void reload_newKeys_wipesTheOldOnesAfterEveryEngineHasTheNew() throws Exception {
        TicketKeyManager manager = open(source);
        TicketKey old = manager.ring().active().orElseThrow();
        boolean[] oldWasAlive = new boolean[1];
        Installation installation = new RecordingInstallation() {
            @Override
            public void apply(KeyRing ring) throws InstallationException {
                oldWasAlive[0] = !old.secret().isDestroyed();
                super.apply(ring);
            }
        };
        manager.register(installation);

        source.set(ROTATION.initialKeys(START, RANDOM));
        manager.reload();

        assertThat(oldWasAlive[0]).isTrue();
        assertThat(old.secret().isDestroyed()).isTrue();
    }

    @Test
    void reload_sourceFails_keepsTheLastGoodKeysWarnsOncePerReasonAndRecovers() throws Exception {
        TicketKeyManager manager = open(source);
        KeyRing good = manager.ring();
        try (LogCapture log = new LogCapture()) {
            source.fail("the disk is gone");
            manager.reload();
            manager.reload();
            source.fail("the disk is back but empty");
            manager.reload();

            assertThat(manager.ring()).isSameAs(good);
            assertThat(manager.status().fault()).contains("the disk is back but empty");
            assertThat(log.at(Level.WARNING))
                    .hasSize(2)
                    .anyMatch(line -> line.contains("the disk is gone"))
                    .anyMatch(line -> line.contains("the disk is back but empty"));

            source.recover();
            manager.reload();
            assertThat(manager.status().fault()).isEmpty();
            assertThat(log.at(Level.INFO)).anyMatch(line -> line.contains("can be read again"));
        }
    }

    @Test
    void reload_fileGoesThroughEveryFault_keepsServingAndRecoversWithoutRestart() throws Exception {
        Path file = folder.resolve("keys");
        KeyFileWriter.writeKeyset(file, keys);
        byte[] goodContent = Files.readAllBytes(file);
        TicketKeyManager manager = open(KeyFileSource.of(List.of(file), Allow.OWNER_ONLY, false));
        KeyRing good = manager.ring();

        Files.delete(file);
        assertFault(manager, good, "does not exist");
        Files.createDirectory(file);
        assertFault(manager, good, "is a directory");
        Files.delete(file);
        KeyFileWriter.replace(file, new byte[0]);
        assertFault(manager, good, "is empty");
        KeyFileWriter.replace(file, Arrays.copyOf(goodContent, goodContent.length / 2));
        assertFault(manager, good, "truncated, or is still being written");
        byte[] garbage = new byte[777];
        RANDOM.nextBytes(garbage);
        KeyFileWriter.replace(file, garbage);
        assertFault(manager, good, "777 bytes and is not a keyset");
        KeyFileWriter.replace(file, goodContent);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertFault(manager, good, "chmod 600");
        Files.delete(file);

        KeyFileWriter.writeKeyset(file, ROTATION.initialKeys(START, RANDOM));
        manager.reload();
        assertThat(manager.status().fault()).isEmpty();
        assertThat(manager.ring().sameAs(good)).isFalse();
    }

    @Test
    void open_sourceFails_throwsItsReason() {
        source.fail("no such file");

        assertThatThrownBy(() -> open(source))
                .isInstanceOf(KeySourceException.class)
                .hasMessage("no such file");
    }

    @Test
    void open_noKeyActiveNow_isRefusedWithTheTimeOfTheFirst() {
        clock.set(START.minusSeconds(1));

        assertThatThrownBy(() -> open(source))
                .isInstanceOf(KeySourceException.class)
                .hasMessageContaining("no key is active before " + START);
    }

    @Test
    void open_ticketsOutliveTheirKey_isRefusedWithBothNumbers() {
        TicketPolicy policy = TicketPolicy.ofLifetime(Duration.ofHours(7));

        assertThatThrownBy(() -> TicketKeyManager.open(source, policy, clock))
                .isInstanceOf(KeySourceException.class)
                .hasMessageContaining("ticketLifetime 7h")
                .hasMessageContaining("361m")
                .hasMessageContaining("RFC 9325");
    }

    @Test
    void reload_keysThatOnlyStartLater_areTakenWhenTheirTimeHasCome() throws Exception {
        TicketKeyManager manager = open(source);
        KeyRing good = manager.ring();
        List<TicketKey> later = ROTATION.initialKeys(START.plusSeconds(100), RANDOM);
        source.set(later);
        manager.reload();
        assertThat(manager.ring()).isSameAs(good);
        assertThat(manager.status().fault().orElseThrow()).contains("no key is active");

        clock.advance(Duration.ofSeconds(100));
        manager.reload();
        assertThat(manager.ring().active().orElseThrow().name())
                .isEqualTo(later.get(0).name());
    }

    @Test
    void turn_sourceGoneUntilTheLastKeyEnds_warnsThatNothingIsShared() throws Exception {
        TicketKeyManager manager = open(source);
        source.fail("gone");
        try (LogCapture log = new LogCapture()) {
            clock.advance(Duration.ofDays(3));
            manager.updateRing();

            assertThat(manager.ring().accepted()).isEmpty();
            assertThat(manager.status().activeKey()).isEmpty();
            assertThat(log.at(Level.WARNING)).anyMatch(line -> line.contains("not shared with other nodes"));
        }
    }

    @Test
    void nextTurn_ringChangesOrTheNextKeyIsAboutToSealElsewhere_isTheFirstOfThem() throws Exception {
        TicketKeyManager manager = open(source);
        Instant takeOver = keys.get(1).times().orElseThrow().activateAt();

        assertThat(manager.nextRingUpdate()).contains(takeOver.minus(TicketPolicy.DEFAULT.clockSkew()));
        assertThat(manager.nextChange()).as("of the ring").contains(takeOver);
        clock.set(takeOver.minus(TicketPolicy.DEFAULT.clockSkew()));
        assertThat(manager.nextRingUpdate()).contains(takeOver);
        clock.set(takeOver);
        assertThat(manager.nextRingUpdate())
                .contains(keys.get(0).times().orElseThrow().destroyAt());
        manager.close();
        assertThat(manager.nextRingUpdate()).isEmpty();
    }

    @Test
    void installation_dropped_isNotHeldByTheManager() throws Exception {
        TicketKeyManager manager = open(source);
        for (int i = 0; i < 100; i++) {
            manager.register(new Dropped());
        }
        Await.collected(
                "nothing refers to replaced contexts", () -> manager.status().installations() == 0);

        assertThat(manager.status().installations()).isZero();
    }

    @Test
    void close_keysAreWiped_andNothingMovesAnymore() throws Exception {
        TicketKeyManager manager = open(source);
        RecordingInstallation installation = new RecordingInstallation();
        manager.register(installation);
        KeyRing last = manager.ring();

        manager.close();
        manager.close();
        source.set(ROTATION.initialKeys(START, RANDOM));
        manager.reload();
        manager.updateRing();

        assertThat(installation.rings.get(installation.rings.size() - 1).accepted())
                .isEmpty();
        assertThat(last.accepted()).allMatch(key -> key.secret().isDestroyed());
        assertThat(manager.ring().accepted()).isEmpty();
        assertThat(manager.nextChange()).isEmpty();
    }

    private TicketKeyManager open(KeysetSource keySource) throws KeySourceException {
        return TicketKeyManager.open(keySource, TicketPolicy.DEFAULT, clock);
    }

    private static void assertFault(TicketKeyManager manager, KeyRing good, String reason) {
        manager.reload();
        assertThat(manager.status().fault().orElseThrow()).contains(reason);
        assertThat(manager.ring()).isSameAs(good);
    }

    /** Can be garbage-collected, unlike a {@link RecordingInstallation}. */
    private static final class Dropped implements Installation {
        @Override
        public void apply(KeyRing ring) {}

        @Override
        public ConnectionTickets connection(SSLEngine server, ClientAuth mode, ConnectionTickets.Answer answer) {
            return ConnectionTickets.NONE;
        }

        @Override
        public String ticketFormat() {
            return "none";
        }

        @Override
        public Optional<TicketSeal> sealOf(byte[] ticket) {
            return Optional.empty();
        }
    }
}
