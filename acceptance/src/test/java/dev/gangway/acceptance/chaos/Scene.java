package dev.gangway.acceptance.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.cli.KeysByClock;
import dev.gangway.internal.keys.Durations;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.KeysetText;
import dev.gangway.internal.manager.ManagerStatus.State;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** All objects that a fault can affect. */
record Scene(ServerProcess server, Load load, ServerClock clock, KeyFile file, ExpectedState expected, Random random) {
    private static final int MOST_SETTLEMENTS = 30;

    /** New keys for a server whose clock shows {@code now}. */
    static byte[] freshKeys(Instant now) {
        KeyRotation rotation = new KeyRotation(
                Durations.parse("period", ServerSettings.PERIOD),
                Durations.parse("ticketLifetime", ServerSettings.TICKET_LIFETIME),
                KeyRotation.DEFAULT.skew());
        return KeysetText.format(rotation.initialKeys(now.minus(rotation.skew()), new SecureRandom()));
    }

    byte[] freshKeys() {
        return freshKeys(clock.instant());
    }

    /** A command of the operator, which may refuse to change the present file. */
    void keys(String... arguments) throws IOException {
        KeysByClock.Result result = KeysByClock.run(clock, arguments);
        if (result.exitCode() == 0) {
            if (file.isClosedToOthers()) {
                expected.fileHolds(file.content());
            } else {
                expected.fileIsBad();
            }
        } else {
            assertThat(expected.holdsKeyset()).as(result.output()).isFalse();
        }
    }

    /** A TLS reload, which must fail with wrong settings, and otherwise succeed, unless there is no key for its test. */
    void reload(Reload what) throws Exception {
        boolean isSharing = expected.isAtRest() && expected.at(clock.instant()).state() != State.NOT_SHARING;
        String answer = server.ask("reload " + what);
        if (!what.isGood()) {
            assertThat(answer).startsWith("FAILED");
        } else if (isSharing) {
            assertThat(answer).isEqualTo("OK");
        }
    }

    /** During a fault: the expected state is known now if it was known before. */
    void letPollIntervalsPass(boolean isKnown) throws Exception {
        if (isKnown) {
            settle();
        } else {
            server.settle();
        }
    }

    void moveClock(Duration by) throws IOException {
        setClock(clock.offset().plus(by));
    }

    void setClock(Duration offset) throws IOException {
        expected.clockMoved();
        clock.set(offset);
    }

    /**
     * Asserts that the server reports the expected state within two poll intervals.
     *
     * @return whether the next expected state will be known
     */
    boolean settle() throws Exception {
        load.requireNoFailure();
        Seen seen = settled();
        assertThat(expected.allows(seen))
                .as("%s is right, which would be %s", seen, expected.at(seen.at()))
                .isTrue();
        assertThat(seen.brokenInstallations()).as("%s", seen).isZero();
        assertThat(seen.state() == State.KEEPING_LAST_GOOD_KEYS)
                .as("a fault is told: %s", seen)
                .isEqualTo(!seen.fault().isEmpty() && seen.state() != State.NOT_SHARING);
        return expected.settle(seen.at());
    }

    // A test of the connector that met a moment without keys is repeated after a poll interval, and takes as long as
    // the
    // machine is slow.
    private Seen settled() throws Exception {
        for (int i = 0; ; i++) {
            Seen seen = server.settle();
            boolean isTestDue = seen.state() == State.NOT_TESTED || seen.state() == State.CONNECTOR_NOT_SHARING;
            if (!isTestDue || i >= MOST_SETTLEMENTS) {
                return seen;
            }
        }
    }

    /** A random duration other than zero and shorter than {@code most}, positive or negative. */
    Duration any(Duration most) {
        int seconds = 1 + random.nextInt((int) most.toSeconds());
        return Duration.ofSeconds(random.nextBoolean() ? seconds : -seconds);
    }

    <T> T anyOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
