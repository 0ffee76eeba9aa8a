package dev.gangway.internal.store;

import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreException;
import dev.gangway.StoredDocument;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A store in memory, with a clock of its own and every fault that a store can have. */
final class MemoryStore implements KeysetStore {
    private final InstantSource clock;
    private final List<byte[]> history = new ArrayList<>();
    private StoredDocument document = StoredDocument.absent(Optional.empty());
    private long writes;
    private boolean down;
    private boolean readOnly;
    private boolean hasClock = true;
    private boolean swapIsLost;
    private boolean answerIsLost;
    private int swaps;

    MemoryStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized StoredDocument read() throws KeysetStoreException {
        requireUp();
        Optional<Instant> now = hasClock ? Optional.of(clock.instant()) : Optional.empty();
        return document.isPresent()
                ? StoredDocument.of(document.content().orElseThrow(), document.version(), now)
                : StoredDocument.absent(now);
    }

    @Override
    public synchronized boolean compareAndSwap(StoredDocument expected, byte[] content) throws KeysetStoreException {
        requireUp();
        swaps++;
        if (readOnly) {
            throw new KeysetStoreException("permission denied");
        }
        if (swapIsLost) {
            swapIsLost = false;
            return false;
        }
        if (expected.version() != document.version()) {
            return false;
        }
        set(content);
        if (answerIsLost) {
            answerIsLost = false;
            throw new KeysetStoreException("connection reset");
        }
        return true;
    }

    @Override
    public String name() {
        return "memory:";
    }

    /** What was written so far. */
    synchronized List<byte[]> history() {
        return List.copyOf(history);
    }

    synchronized int swaps() {
        return swaps;
    }

    synchronized void set(byte[] content) {
        document = StoredDocument.of(content, ++writes, Optional.empty());
        history.add(content.clone());
    }

    synchronized void empty() {
        document = StoredDocument.absent(Optional.empty());
    }

    void down(boolean isDown) {
        down = isDown;
    }

    void readOnly(boolean isReadOnly) {
        readOnly = isReadOnly;
    }

    void withoutClock() {
        hasClock = false;
    }

    void loseNextSwap() {
        swapIsLost = true;
    }

    void loseNextAnswer() {
        answerIsLost = true;
    }

    private void requireUp() throws KeysetStoreException {
        if (down) {
            throw new KeysetStoreException("connection refused");
        }
    }
}
