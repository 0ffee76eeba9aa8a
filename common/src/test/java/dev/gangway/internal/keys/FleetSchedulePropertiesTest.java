package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/**
 * Any two nodes of a fleet, with the largest allowed difference between their clocks, which read a new file at different
 * times: each opens the other's tickets for the whole ticket lifetime, and not much longer.
 */
class FleetSchedulePropertiesTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SKEW = 60;
    private static final int SLOWEST = 600;
    private static final int PERIOD = 12 * 3600;
    private static final int LIFETIME = 6 * 3600;
    private static final KeyRotation ROTATION =
            new KeyRotation(Duration.ofSeconds(PERIOD), Duration.ofSeconds(LIFETIME), Duration.ofSeconds(SKEW));
    // A rotation job that runs at least this often announces every key before the last node needs it.
    private static final int RARELY = PERIOD - SLOWEST - SKEW;

    @Property(tries = 5_000)
    void rotatedFile_ticketWithinItsLifetime_opensAtEveryNode(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = RARELY) Integer> pauses,
            @ForAll @Size(12) List<@IntRange(min = 0, max = 3) Integer> early,
            @ForAll @IntRange(min = 0, max = SLOWEST) int delayA,
            @ForAll @IntRange(min = 0, max = SLOWEST) int delayB,
            @ForAll @IntRange(min = -SKEW, max = SKEW) int clocksApart,
            @ForAll @IntRange(min = 0, max = 12 * PERIOD) int sealedAfter,
            @ForAll @IntRange(min = 0, max = LIFETIME - 1) int age)
            throws Exception {
        History history = History.of(pauses, early);
        int sealedAt = Math.min(sealedAfter, history.end());
        Node a = new Node(history, delayA, 0);
        Node b = new Node(history, delayB, clocksApart);

        TicketKey seals = a.ringAt(sealedAt).active().orElseThrow();

        assertThat(names(b.ringAt(sealedAt + age)))
                .as("sealed at %d s, %d s old", sealedAt, age)
                .contains(seals.name().toString());
    }

    @Property(tries = 5_000)
    void rotatedFile_ticketPastKeyAndLifetime_opensNowhere(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = RARELY) Integer> pauses,
            @ForAll @Size(12) List<@IntRange(min = 0, max = 3) Integer> early,
            @ForAll @IntRange(min = 0, max = SLOWEST) int delayB,
            @ForAll @IntRange(min = -SKEW, max = SKEW) int clocksApart,
            @ForAll @IntRange(min = 0, max = 12 * PERIOD) int sealedAfter)
            throws Exception {
        History history = History.of(pauses, early);
        int sealedAt = Math.min(sealedAfter, history.end());
        TicketKey sealed = new Node(history, 0, 0).ringAt(sealedAt).active().orElseThrow();
        int dead = sealedAt + PERIOD + LIFETIME + 2 * SKEW;

        assertThat(names(new Node(history, delayB, clocksApart).ringAt(dead)))
                .doesNotContain(sealed.name().toString());
    }

    @Property(tries = 5_000)
    void derivedKeys_ticketWithinItsLifetime_opensAtEveryNodeThatDerivesForItsOwnTime(
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long sealedAt,
            @ForAll @IntRange(min = -SKEW, max = SKEW) int clocksApart,
            @ForAll @IntRange(min = 0, max = LIFETIME - 1) int age,
            @ForAll @IntRange(min = LIFETIME, max = 5 * LIFETIME) int period)
            throws Exception {
        EpochKeys epochs =
                EpochKeys.of(Duration.ofSeconds(period), TicketPolicy.ofLifetime(Duration.ofSeconds(LIFETIME)));
        SecretBytes master = SecretBytes.random(32, RANDOM);
        Instant a = Instant.ofEpochSecond(sealedAt);
        Instant b = Instant.ofEpochSecond(sealedAt + age + clocksApart);

        TicketKey seals = ScheduledKeyset.of(epochs.keysFor(epochs.epochAt(a), master))
                .ringAt(a)
                .active()
                .orElseThrow();

        assertThat(names(ScheduledKeyset.of(epochs.keysFor(epochs.epochAt(b), master))
                        .ringAt(b)))
                .contains(seals.name().toString());
        Instant dead = times(seals).destroyAt().plusSeconds(SKEW);
        assertThat(names(ScheduledKeyset.of(epochs.keysFor(epochs.epochAt(dead), master))
                        .ringAt(dead)))
                .doesNotContain(seals.name().toString());
    }

    private static List<String> names(KeyRing ring) {
        return ring.accepted().stream().map(key -> key.name().toString()).toList();
    }

    private static KeyTimes times(TicketKey key) {
        return key.times().orElseThrow();
    }

    /** The files that a rotation job wrote, by the second of each. */
    private record History(List<Integer> writtenAt, List<List<TicketKey>> files) {
        /** Rotates after each pause; where {@code early} is zero, with an early activation. */
        static History of(List<Integer> pauses, List<Integer> early) {
            List<Integer> writtenAt = new ArrayList<>(List.of(-SLOWEST));
            List<List<TicketKey>> files =
                    new ArrayList<>(List.of(ROTATION.initialKeys(START.minusSeconds(SLOWEST + SKEW), RANDOM)));
            int now = 0;
            for (int i = 0; i < pauses.size(); i++) {
                now += pauses.get(i);
                Instant at = START.plusSeconds(now);
                List<TicketKey> keys = files.get(files.size() - 1);
                files.add(
                        early.get(i) == 0
                                ? ROTATION.withImmediateKey(keys, at, at.plusSeconds(SLOWEST + SKEW), RANDOM)
                                : ROTATION.withNextKey(keys, at, RANDOM));
                writtenAt.add(now);
            }
            return new History(writtenAt, files);
        }

        /** The last second for which there were keys at that time. */
        int end() {
            return writtenAt.get(writtenAt.size() - 1) + RARELY;
        }
    }

    private record Node(History history, int delay, int clockAhead) {
        KeyRing ringAt(int trueSecond) throws WeakKeyException {
            List<TicketKey> read = history.files().get(0);
            for (int i = 0; i < history.files().size(); i++) {
                if (history.writtenAt().get(i) + delay <= trueSecond) {
                    read = history.files().get(i);
                }
            }
            return ScheduledKeyset.of(read).ringAt(START.plusSeconds(trueSecond + clockAhead));
        }
    }
}
