package dev.gangway.acceptance.chaos;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.KeysetText;
import dev.gangway.internal.keys.OrderedKeyset;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.WeakKeyException;
import dev.gangway.internal.manager.ManagerStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The state that a server should report, computed from the changes to its key file, its source and its clock. */
final class ExpectedState {
    // On a slow machine, a reported state may be this much older than the time of its report.
    private static final Duration TOLERANCE = Duration.ofSeconds(5);
    private static final int RAW_KEY = 80;

    private Optional<byte[]> inFile = Optional.empty();
    private boolean sourceWorks = true;
    // The keys of the server, without those after their destruction.
    private Keyset lastGood;
    private boolean isAtRest;

    /** The file now holds {@code content}, from which keys can be made. */
    void fileHolds(byte[] content) {
        inFile = Optional.of(content.clone());
        isAtRest = false;
    }

    void fileIsBad() {
        inFile = Optional.empty();
        isAtRest = false;
    }

    void clockMoved() {
        isAtRest = false;
    }

    boolean holdsKeyset() {
        return inFile.filter(content -> content.length != RAW_KEY).isPresent();
    }

    /** Whether there was no change since the last {@link #settle}. */
    boolean isAtRest() {
        return isAtRest;
    }

    Optional<byte[]> goodContent() {
        return inFile;
    }

    void sourceWorks(boolean works) {
        sourceWorks = works;
        isAtRest = false;
    }

    /** A state, and the digest of the ring. */
    record Right(State state, String digest) {}

    /** The expected state at {@code now}. */
    Right at(Instant now) {
        Optional<Keyset> usable = usableAt(now);
        Keyset present = usable.orElse(lastGood);
        boolean isActive = present.ringAt(now).active().isPresent();
        State state = !isActive ? State.NOT_SHARING : usable.isPresent() ? State.SHARING : State.KEEPING_LAST_GOOD_KEYS;
        return new Right(state, present.ringAt(now).digest());
    }

    /** Whether {@code seen} is as expected. */
    boolean allows(Seen seen) {
        Right right = new Right(seen.state(), seen.digest());
        return Stream.of(seen.at(), seen.at().minus(TOLERANCE)).map(this::at).anyMatch(right::equals);
    }

    /**
     * Takes over the state of a server after its faults have ended.
     *
     * @return whether that state is certain, which it is not near a key's activation or destruction
     */
    boolean settle(Instant now) {
        isAtRest = true;
        lastGood = usableAt(now).orElse(lastGood);
        lastGood.keys().stream()
                .filter(key -> key.times()
                        .filter(times -> !now.isBefore(times.destroyAt()))
                        .isPresent())
                .forEach(key -> key.secret().destroy());
        return isQuiet(now);
    }

    /** Whether {@code now} is not near the time at which a key's role changes. */
    boolean isQuiet(Instant now) {
        return usableAt(now)
                .orElse(lastGood)
                .nextChangeAfter(now.minus(TOLERANCE))
                .filter(change -> change.isBefore(now.plus(TOLERANCE)))
                .isEmpty();
    }

    private Optional<Keyset> usableAt(Instant now) {
        return sourceWorks
                ? inFile.map(ExpectedState::parse)
                        .filter(keys -> keys.ringAt(now).active().isPresent())
                : Optional.empty();
    }

    private static Keyset parse(byte[] content) {
        try {
            return content.length == RAW_KEY
                    ? OrderedKeyset.of(List.of(TicketKey.raw(content, false)))
                    : KeysetText.parse(Arrays.copyOf(content, content.length), "the expected file");
        } catch (KeySourceException | WeakKeyException e) {
            throw new AssertionError(e);
        }
    }
}
