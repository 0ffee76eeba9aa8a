package dev.gangway.internal.engine.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.ClientAuth;
import dev.gangway.internal.engine.jdk.TicketNumbers.Meaning;
import dev.gangway.internal.keys.KeyDerivation;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.Scope;
import dev.gangway.internal.keys.SecretBytes;
import dev.gangway.internal.keys.TicketKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TicketNumbersTest {
    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final Duration LIFETIME = Duration.ofDays(7);
    private static final long ERA = 1 << 22;

    @Property
    void number_beforeItsEnd_saysWhatItWasMadeFrom(
            @ForAll byte key,
            @ForAll boolean isRenewed,
            @ForAll @LongRange(min = 0, max = 8_000_000_000L) long now,
            @ForAll @IntRange(min = 1, max = 7 * 86_400 + 60) int left) {
        Meaning meaning = new Meaning(now + left, isRenewed);

        assertThat(live(key, meaning, now)).contains(meaning);
    }

    @Property
    void number_fromItsEndOn_isDeadForEver(
            @ForAll byte key,
            @ForAll boolean isRenewed,
            @ForAll @LongRange(min = 0, max = 8_000_000_000L) long end,
            @ForAll @LongRange(min = 0, max = 400_000_000L) long past) {
        Optional<Meaning> live = live(key, new Meaning(end, isRenewed), end + past);

        // By chance it may look like another number of the same key, but then the AES key is also another.
        assertThat(live).isNotEqualTo(Optional.of(new Meaning(end, isRenewed)));
        assertThat(live.map(Meaning::endsAt).orElse(Long.MAX_VALUE)).isGreaterThan(end + past);
    }

    @Test
    void number_oneOrMoreErasAfterItsEnd_doesNotComeBack() {
        int revived = 0;
        for (int key = 0; key < 100; key++) {
            for (long eras = 1; eras <= 10; eras++) {
                long end = 2_000_000_000L;
                revived += live((byte) key, new Meaning(end, false), end - 3_600 + eras * ERA)
                                .isPresent()
                        ? 1
                        : 0;
            }
        }
        // With a probability of 2 * 7 days / 2^32, or 1 in 3,500, a number of 32 bits is mistaken for another one.
        assertThat(revived).isLessThan(10);
    }

    @Property
    void number_thatEndsLaterThanAnyTicketMay_isNotLive(
            @ForAll byte key,
            @ForAll @LongRange(min = 0, max = 8_000_000_000L) long now,
            @ForAll @IntRange(min = 7 * 86_400 + 61, max = 1 << 21) int left) {
        assertThat(live(key, new Meaning(now + left, false), now).filter(meaning -> meaning.endsAt() == now + left))
                .isEmpty();
    }

    @Property
    void around_someWeeksBeforeOrAfter_isTheMeaning(
            @ForAll byte key,
            @ForAll boolean isRenewed,
            @ForAll @LongRange(min = 10_000_000, max = 8_000_000_000L) long end,
            @ForAll @IntRange(min = -7 * 86_400, max = 7 * 86_400) int age) {
        Meaning meaning = new Meaning(end, isRenewed);
        TicketNumbers numbers = numbers(key);

        assertThat(numbers.around(numbers.numberOf(meaning), Instant.ofEpochSecond(end + age)))
                .contains(meaning);
    }

    @Test
    void numbers_ofTwoScopes_areNotEqual() {
        assertThat(numbers((byte) 1)).isEqualTo(numbers((byte) 1)).isNotEqualTo(numbers((byte) 2));
        assertThat(numbers((byte) 1).hashCode())
                .isEqualTo(numbers((byte) 1).hashCode())
                .isNotEqualTo(numbers((byte) 2).hashCode());
        assertThat(numbers((byte) 1)).isNotEqualTo("numbers");
    }

    private static Optional<Meaning> live(byte key, Meaning meaning, long now) {
        TicketNumbers numbers = numbers(key);
        return numbers.live(numbers.numberOf(meaning), Instant.ofEpochSecond(now), LIFETIME, SKEW);
    }

    static TicketNumbers numbers(byte key) {
        byte[] secret = new byte[32];
        secret[0] = key;
        TicketKey ticketKey = TicketKey.unscheduled(KeyName.parse("01".repeat(16)), SecretBytes.copyOf(secret));
        return TicketNumbers.derive(ticketKey, KeyDerivation.of("layout", Scope.of("", ClientAuth.NONE, List.of())));
    }
}
