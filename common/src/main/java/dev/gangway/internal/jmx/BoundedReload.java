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
 * Reads a manager's source when somebody asks for it, and tells in one line what came of it. Whoever asks waits no longer
 * than the timeout; a source that hangs holds up one thread, however often it is asked.
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
            // Not shared with an earlier caller's read, which may have begun before the file was replaced.
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
            return "NO ANSWER awaited: interrupted while " + source() + " was read";
        }
    }

    private CompletableFuture<String> startReading() {
        boolean started = false;
        try {
            CompletableFuture<String> outcome = start();
            started = true;
            return outcome;
        } finally {
            // Where there is no thread to be had, nobody else gives it back.
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
        // Inherits nothing from the caller, which may be a web application's thread.
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
                + ": is its file system hanging? It is still being read; the last good keys stay in use";
    }

    private String source() {
        return manager.status().source();
    }
}
