package dev.gangway.internal.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keys.EpochKeys;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.source.DerivedKeySource;
import dev.gangway.internal.source.KeyFileSource;
import dev.gangway.internal.source.KeysetSource;
import dev.gangway.internal.source.RandomKeySource;
import dev.gangway.testing.ManualClock;
import dev.gangway.testing.RecordingInstallation;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys while the clock is wrong, or while the process is suspended. */
class ClockJumpTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyRotation ROTATION = KeyRotation.DEFAULT;

    private final ManualClock clock = new ManualClock(START);
    private final RecordingInstallation engine = new RecordingInstallation();

    @TempDir
    Path folder;

    @Test
    void keyFile_clockRunsAYearAheadAndIsSetRight_sharesTheSameKeysAgainWithoutANewFile() throws Exception {
        TicketKeyManager manager = open(keyFile());
        KeyName active = activeOf(manager);

        clock.advance(YEAR);
        round(manager);
        assertThat(manager.ring().accepted()).isEmpty();
        assertThat(manager.status().state()).isEqualTo(ManagerStatus.State.NOT_SHARING);

        clock.set(START.plusSeconds(60));
        round(manager);
        round(manager);
        assertThat(activeOf(manager)).isEqualTo(active);
        assertThat(manager.status().state()).isEqualTo(ManagerStatus.State.SHARING);
        assertThat(engine.rings.get(engine.rings.size() - 1).accepted())
                .as("with secrets, not only with names")
                .hasSize(2)
                .noneMatch(key -> key.secret().isDestroyed());
    }

    @Test
    void keyFile_clockIsSetBackWithinAKeysLife_changesNothing() throws Exception {
        TicketKeyManager manager = open(keyFile());
        KeyRing before = manager.ring();
        clock.advance(Duration.ofHours(3));
        round(manager);

        clock.set(START.plusSeconds(1));
        round(manager);

        assertThat(manager.ring()).isSameAs(before);
    }

    @Test
    void keyFile_clockIsSetBackBehindActivation_theEarlierKeySealsAgain() throws Exception {
        TicketKeyManager manager = open(keyFile());
        KeyName first = activeOf(manager);
        clock.advance(Duration.ofHours(13));
        round(manager);
        assertThat(activeOf(manager)).isNotEqualTo(first);

        clock.set(START.plus(Duration.ofHours(11)));
        round(manager);

        assertThat(activeOf(manager)).isEqualTo(first);
    }

    @Test
    void keyFile_clockIsSetBehindAllKeys_isNotSharingAndSharesAgainWithTheRightTime() throws Exception {
        TicketKeyManager manager = open(keyFile());

        clock.set(START.minus(YEAR));
        round(manager);
        assertThat(manager.status().state()).isEqualTo(ManagerStatus.State.NOT_SHARING);

        clock.set(START.plusSeconds(5));
        round(manager);
        assertThat(manager.status().state()).isEqualTo(ManagerStatus.State.SHARING);
    }

    @Test
    void derived_clockRunsAYearAheadAndIsSetRight_hasTheKeysOfEachTime() throws Exception {
        Path master = folder.resolve("master");
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        KeyFileWriter.replace(master, secret);
        TicketKeyManager manager = open(DerivedKeySource.of(
                master, Allow.OWNER_ONLY, EpochKeys.of(Duration.ofHours(12), TicketPolicy.DEFAULT)));
        KeyName first = activeOf(manager);

        clock.advance(YEAR);
        round(manager);
        assertThat(activeOf(manager)).isNotEqualTo(first);

        clock.set(START.plusSeconds(60));
        round(manager);
        round(manager);
        assertThat(activeOf(manager)).isEqualTo(first);
        assertThat(manager.ring().accepted()).noneMatch(key -> key.secret().isDestroyed());
    }

    @Test
    void random_clockRunsAYearAheadAndIsSetRight_alwaysHasAKeyToSealWith() throws Exception {
        TicketKeyManager manager = open(RandomKeySource.of(ROTATION));

        clock.advance(YEAR);
        round(manager);
        assertThat(manager.ring().active()).isPresent();

        clock.set(START.plusSeconds(60));
        round(manager);
        round(manager);
        assertThat(manager.ring().active()).isPresent();
        assertThat(manager.ring().accepted()).noneMatch(key -> key.secret().isDestroyed());
    }

    @Test
    void suspendedProcess_wakesPastSeveralKeys_sealsWithTheKeyOfThePresent() throws Exception {
        List<TicketKey> keys = ROTATION.initialKeys(START, RANDOM);
        Path file = folder.resolve("keys");
        KeyFileWriter.writeKeyset(file, keys);
        TicketKeyManager manager = open(KeyFileSource.of(List.of(file), Allow.OWNER_ONLY, false));

        clock.advance(Duration.ofHours(20));
        Instant now = clock.instant();
        assertThat(manager.ring().sealingAt(now).orElseThrow().name())
                .as("even before an update of the ring")
                .isEqualTo(keys.get(1).name());

        manager.updateRing();
        assertThat(activeOf(manager)).isEqualTo(keys.get(1).name());
        assertThat(manager.ring().acceptOnly()).isEmpty();
    }

    private KeyFileSource keyFile() throws Exception {
        Path file = folder.resolve("ticket.keys");
        KeyFileWriter.writeKeyset(file, ROTATION.initialKeys(START, RANDOM));
        return KeyFileSource.of(List.of(file), Allow.OWNER_ONLY, false);
    }

    private TicketKeyManager open(KeysetSource source) throws Exception {
        TicketKeyManager manager = TicketKeyManager.open(source, TicketPolicy.DEFAULT, clock);
        manager.register(engine);
        return manager;
    }

    /** The work of the manager's threads at each poll. */
    private static void round(TicketKeyManager manager) {
        manager.updateRing();
        manager.reload();
    }

    private static KeyName activeOf(TicketKeyManager manager) {
        return manager.ring().active().orElseThrow().name();
    }
}
