package dev.gangway.internal.manager;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.Durations;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.source.KeysetSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens a manager with a time limit for its first keys: a server that hangs at start would give no reason. */
public final class FirstLoad {
    private FirstLoad() {}

    /**
     * {@link TicketKeyManager#open}, with a time limit of {@code timeout}.
     *
     * @throws KeySourceException if the source has no usable keys, or does not answer in time
     */
    public static TicketKeyManager openWithin(
            Duration timeout, KeysetSource source, TicketPolicy policy, InstantSource clock) throws KeySourceException {
        CompletableFuture<TicketKeyManager> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> open(source, policy, clock, result), "gangway-first-load");
        thread.setDaemon(true);
        thread.start();
        try {
            return result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            giveUp(result, thread);
            throw new KeySourceException(
                    source.describe() + " did not answer within " + Durations.format(timeout)
                            + ": check whether its file system, store or network answers; the server does not start"
                            + " without keys",
                    e);
        } catch (InterruptedException e) {
            giveUp(result, thread);
            Thread.currentThread().interrupt();
            throw new KeySourceException(source.describe() + ": interrupted while the first keys were read", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KeySourceException refused) {
                throw refused;
            }
            throw new KeySourceException(source.describe() + " cannot be read: " + e.getCause(), e.getCause());
        }
    }

    private static void open(
            KeysetSource source, TicketPolicy policy, InstantSource clock, CompletableFuture<TicketKeyManager> result) {
        try {
            TicketKeyManager manager = TicketKeyManager.open(source, policy, clock);
            if (!result.complete(manager)) {
                // The caller has stopped waiting, so keys that arrive now are wiped.
                manager.close();
            }
        } catch (KeySourceException | RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    private static void giveUp(CompletableFuture<TicketKeyManager> result, Thread thread) {
        if (!result.cancel(false) && !result.isCompletedExceptionally()) {
            result.join().close();
        }
        thread.interrupt();
    }
}
