package dev.gangway.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keys.EpochKeys;
import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.keys.KeyTimes;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.ScheduledKeyset;
import dev.gangway.internal.keys.SecretBytes;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.testing.ManualClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DerivedKeySourceTest {
    private static final Instant NOW = Instant.parse("2026-06-01T01:00:00Z");
    private static final Duration PERIOD = Duration.ofHours(12);
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path folder;

    @Test
    void load_twoNodesWithOneSecret_haveTheSameKeysWithoutTalking() throws Exception {
        Path file = write(randomBytes(32));

        KeyRing a = source(file).loadIfChanged(NOW).orElseThrow().ringAt(NOW);
        KeyRing b = source(file).loadIfChanged(NOW.plusSeconds(5)).orElseThrow().ringAt(NOW);

        assertThat(a.digest()).isEqualTo(b.digest());
        TicketKey ofA = a.active().orElseThrow();
        assertThat(ofA.secret().sameAs(b.active().orElseThrow().secret())).isTrue();
        assertThat(ofA.times().orElseThrow().activateAt()).isEqualTo(Instant.parse("2026-06-01T00:00:00Z"));
    }

    @Test
    void open_periodThatTicketsOutlive_isRefusedWithBoth() throws Exception {
        KeysetSource source =
                KeysSetting.parse("derived:" + write(randomBytes(32)) + "?period=5h", TicketPolicy.DEFAULT);

        assertThatThrownBy(() -> TicketKeyManager.open(source, TicketPolicy.DEFAULT, new ManualClock(NOW)))
                .isInstanceOf(KeySourceException.class)
                .hasMessageContaining("a period longer than 5h")
                .hasMessageContaining("ticketLifetime 6h")
                .hasMessageContaining("RFC 9325 section 3.4");
    }

    @Test
    void load_withinAnEpoch_changesNothingAndInTheNextGivesTheKeyThatWasAnnounced() throws Exception {
        Path file = write(randomBytes(32));
        DerivedKeySource source = source(file);
        Keyset first = source.loadIfChanged(NOW).orElseThrow();
        assertThat(source.loadIfChanged(NOW.plus(Duration.ofHours(10)))).isEmpty();

        Instant later = NOW.plus(PERIOD);
        Keyset second = source.loadIfChanged(later).orElseThrow();

        assertThat(second.ringAt(later).active().orElseThrow().name())
                .as("the node that did not reload has the same key")
                .isEqualTo(first.ringAt(later).active().orElseThrow().name());
        assertThat(first.ringAt(later.plus(PERIOD)).active())
                .as("even an epoch later")
                .isPresent();
    }

    @Test
    void load_otherSecret_givesOtherKeysAtOnce() throws Exception {
        Path file = write(randomBytes(32));
        DerivedKeySource source = source(file);
        KeyRing before = source.loadIfChanged(NOW).orElseThrow().ringAt(NOW);

        write(randomBytes(32));

        assertThat(source.loadIfChanged(NOW).orElseThrow().ringAt(NOW).digest()).isNotEqualTo(before.digest());
    }

    @Test
    void load_secretTooShortOrNone_isRefused() throws Exception {
        assertThatThrownBy(() -> source(write(randomBytes(31))).loadIfChanged(NOW))
                .isInstanceOf(KeySourceException.class)
                .hasMessageContaining("has 31 bytes; it must have 32 to 1024");
        assertThatThrownBy(() -> source(write(new byte[32])).loadIfChanged(NOW))
                .isInstanceOf(KeySourceException.class)
                .hasMessageContaining("simple pattern");
    }

    @Test
    void load_masterSecretAsLongAsItMayBe_isTakenAndOneByteMoreIsNot() throws Exception {
        byte[] longest = new byte[1024];
        RANDOM.nextBytes(longest);
        assertThat(source(write(longest)).loadIfChanged(NOW)).isPresent();

        byte[] longer = new byte[1025];
        RANDOM.nextBytes(longer);
        assertThatThrownBy(() -> source(write(longer)).loadIfChanged(NOW)).hasMessageContaining("has 1025 bytes");
    }

    @Property(tries = 500)
    void epochKeys_clocksApartByUpToAPeriod_everyNodeOpensEveryLiveTicket(
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long now,
            @ForAll @IntRange(min = -43_200, max = 43_200) int apart,
            @ForAll @IntRange(max = 21_600) int age)
            throws Exception {
        SecretBytes master = SecretBytes.random(32, RANDOM);
        EpochKeys epochs = EpochKeys.of(PERIOD, TicketPolicy.DEFAULT);
        Instant sealing = Instant.ofEpochSecond(now);
        Instant opening = sealing.plusSeconds((long) apart + age);
        TicketKey sealedWith = ring(epochs, master, sealing).active().orElseThrow();

        boolean opens = ring(epochs, master, opening).accepted().stream()
                .anyMatch(key -> key.name().equals(sealedWith.name()));

        KeyTimes times = sealedWith.times().orElseThrow();
        assertThat(opens).isEqualTo(times.opensAt(opening));
        // By the clock of the node that opens it, the ticket may seem younger by up to one period.
        if (apart <= 0) {
            assertThat(opens).isTrue();
        }
    }

    @Test
    void load_fileMissing_saysHowToMakeAMasterSecret() {
        Path missing = folder.resolve("none");

        assertThatThrownBy(() -> source(missing).loadIfChanged(NOW))
                .hasMessageContaining("key file " + missing + " does not exist")
                .hasMessageContaining("'umask 077; openssl rand 32 > " + missing + "'");
    }

    private static KeyRing ring(EpochKeys epochs, SecretBytes master, Instant now) throws Exception {
        return ScheduledKeyset.of(epochs.keysFor(epochs.epochAt(now), master)).ringAt(now);
    }

    private static DerivedKeySource source(Path file) {
        return DerivedKeySource.of(file, Allow.OWNER_ONLY, EpochKeys.of(PERIOD, TicketPolicy.DEFAULT));
    }

    private Path write(byte[] content) throws Exception {
        Path file = folder.resolve("master");
        KeyFileWriter.replace(file, content);
        return file;
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
