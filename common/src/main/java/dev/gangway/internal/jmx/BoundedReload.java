package dev.gangway.internal.jmx;

import dev.gangway.internal.keys.Durations;
import dev.gangway.internal.manager.KeyStatus;
import dev.gangway.internal.manager.ManagerStatus;
import dev.gangway.internal.manager.TicketKeyManager;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads a manager's source when an operator asks for it, and returns the result in one line. The caller waits at most
 * for the timeout. A source that hangs blocks one thread, however often it is asked.
 */
final class BoundedReload {
    private final TicketKeyManager manager;
    private final Duration timeout;
    private final Semaphore free = new Semaphore(1);

    BoundedReload(TicketKeyManager manager, Duration timeout) {
        this.manager = manager;
        this.timeout = timeout;
    }

    String now() {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            // An earlier caller's read may have begun before the file was replaced, so its result is not shared.
            if (!free.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                return noAnswer();
            }
            return startReading().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return noAnswer();
        } catch (ExecutionException e) {
            return "FAILED: " + e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "NO ANSWER: interrupted while " + source() + " was read";
        }
    }

    private CompletableFuture<String> startReading() {
        boolean started = false;
        try {
            CompletableFuture<String> outcome = start();
            started = true;
            return outcome;
        } finally {
            // If no thread can be started, the permit must be returned here.
            if (!started) {
                free.release();
            }
        }
    }

    private CompletableFuture<String> start() {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Runnable work = () -> {
            try {
                outcome.complete(read());
            } catch (RuntimeException | Error e) {
                outcome.completeExceptionally(e);
            } finally {
                free.release();
            }
        };
        // Inherits nothing from the calling thread, which may belong to a web application.
        Thread thread = new Thread(null, work, "gangway-reload", 0, false);
        thread.setContextClassLoader(BoundedReload.class.getClassLoader());
        thread.setDaemon(true);
        thread.start();
        return outcome;
    }

    private String read() {
        String before = manager.ring().digest();
        manager.reload();
        ManagerStatus after = manager.status();
        if (after.state() == ManagerStatus.State.CLOSED) {
            return "FAILED: the ticket key manager of " + after.source() + " is closed";
        }
        if (after.fault().isPresent()) {
            return "FAILED, the last good keys stay in use: " + after.fault().get();
        }
        String change = after.ringDigest().equals(before) ? "the same keys" : "other keys";
        return "OK, " + change + " from " + after.source() + ": " + after.state() + ", "
                + KeyStatus.inWords(after.keys()) + ", digest "
                + after.ringDigest();
    }

    private String noAnswer() {
        return "NO ANSWER from " + source() + " within " + Durations.format(timeout)
                + ": check whether its file system, store or network answers; the read goes on, and the last"
                + " good keys stay in use";
    }

    private String source() {
        return manager.status().source();
    }
}
