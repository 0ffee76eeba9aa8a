package dev.gangway.internal.selftest;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Repeats tests that have not passed on a running server until they pass. The cause may have been temporary, such as a
 * clock that jumped or missing keys, and nothing else would detect that a connector resumes again.
 */
public final class Retries implements AutoCloseable {
    private final BooleanSupplier testRest;
    private final long pauseMillis;
    private final AtomicBoolean isScheduled = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor worker;

    /**
     * @param testRest repeats the tests that have not passed, and returns whether all pass now
     * @param pause between two tests
     */
    public Retries(BooleanSupplier testRest, Duration pause) {
        this.testRest = testRest;
        this.pauseMillis = pause.toMillis();
        this.worker = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "gangway-self-test");
            thread.setDaemon(true);
            return thread;
        });
        // No thread while all tests pass.
        worker.setKeepAliveTime(1, TimeUnit.SECONDS);
        worker.allowCoreThreadTimeOut(true);
    }

    /** Schedules the first repetition after one pause, unless one is scheduled already. */
    public void begin() {
        if (isScheduled.compareAndSet(false, true)) {
            schedule();
        }
    }

    private void schedule() {
        try {
            Future<?> unused = worker.schedule(this::repeat, pauseMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Closed: the server is stopping.
            isScheduled.set(false);
        }
    }

    private void repeat() {
        isScheduled.set(false);
        boolean passed = false;
        try {
            passed = testRest.getAsBoolean();
        } finally {
            if (!passed) {
                begin();
            }
        }
    }

    /** Runs {@code test} soon, on the thread of the repetitions. */
    public void soon(Runnable test) {
        try {
            worker.execute(test);
        } catch (RejectedExecutionException e) {
            // Closed: the server is stopping.
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
