package dev.gangway.acceptance.chaos;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.source.KeysetSource;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A wrapper around a manager's source that throws on demand, and counts its reads. */
final class FaultySource implements KeysetSource {
    /** The fault that happens instead of a read. */
    enum Fault {
        OUT_OF_MEMORY,
        NO_CLASS_DEFINITION,
        STACK_OVERFLOW,
        RUNTIME_EXCEPTION,
        INTERRUPTION
    }

    /** Fails until further notice. */
    static final int ALWAYS = Integer.MAX_VALUE;

    private final KeysetSource own;
    // The manager's lock, which it holds from before a read until it has used the result.
    private final ReentrantLock asking;

    private Fault fault;
    private boolean isAfterReading;
    private int times;
    private long begun;
    private long ended;

    private FaultySource(KeysetSource own, ReentrantLock asking) {
        this.own = own;
        this.asking = asking;
    }

    /** Puts a faulty source between {@code manager} and its source, for which there is no setting. */
    static FaultySource into(TicketKeyManager manager) throws ReflectiveOperationException {
        Field field = field("source");
        FaultySource faulty = new FaultySource((KeysetSource) field.get(manager), (ReentrantLock)
                field("sourceLock").get(manager));
        field.set(manager, faulty);
        return faulty;
    }

    private static Field field(String name) throws ReflectiveOperationException {
        Field field = TicketKeyManager.class.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    /**
     * Makes the next reads fail.
     *
     * @param afterReading whether the source has been read before the fault
     */
    synchronized void fail(Fault with, boolean afterReading, int howOften) {
        fault = with;
        isAfterReading = afterReading;
        times = howOften;
    }

    synchronized void work() {
        times = 0;
    }

    /** Waits until all planned failures have happened. */
    synchronized void awaitEndOfFaults() throws InterruptedException {
        while (times > 0) {
            wait();
        }
    }

    /** Waits for the end of a read that starts after this call. */
    void awaitRead() throws InterruptedException {
        long next = nextRead();
        synchronized (this) {
            while (ended < next) {
                wait();
            }
        }
        awaitWorkOnAnswer();
    }

    private void awaitWorkOnAnswer() {
        asking.lock();
        try {
            // It is done, or another read is.
            return;
        } finally {
            asking.unlock();
        }
    }

    // Without the lock, the next read may have begun: the manager does other checks before it reads.
    private long nextRead() {
        asking.lock();
        try {
            synchronized (this) {
                return begun + 1;
            }
        } finally {
            asking.unlock();
        }
    }

    @Override
    public Optional<Keyset> loadIfChanged(Instant now) throws KeySourceException {
        Optional<Fault> due = begin();
        try {
            if (due.isPresent() && !isAfterReading) {
                happen(due.get());
            }
            Optional<Keyset> keys = own.loadIfChanged(now);
            if (due.isPresent() && isAfterReading) {
                keys.ifPresent(Keyset::destroy);
                happen(due.get());
            }
            return keys;
        } finally {
            end(due.isPresent());
        }
    }

    private synchronized Optional<Fault> begin() {
        begun++;
        return times > 0 ? Optional.of(fault) : Optional.empty();
    }

    private synchronized void end(boolean wasFault) {
        ended++;
        if (wasFault && times != ALWAYS && times > 0) {
            times--;
        }
        notifyAll();
    }

    private static void happen(Fault fault) {
        switch (fault) {
            case OUT_OF_MEMORY -> throw new OutOfMemoryError("of a test");
            case NO_CLASS_DEFINITION -> throw new NoClassDefFoundError("of a test");
            case STACK_OVERFLOW -> throw new StackOverflowError("of a test");
            case RUNTIME_EXCEPTION -> throw new IllegalStateException("of a test");
            case INTERRUPTION -> {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted by a test");
            }
        }
    }

    @Override
    public void forgetLast() {
        own.forgetLast();
    }

    @Override
    public String describe() {
        return own.describe();
    }
}
