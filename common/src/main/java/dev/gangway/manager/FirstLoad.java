package dev.gangway.manager;

import dev.gangway.keyfile.KeyFileException;
import dev.gangway.keys.Durations;
import dev.gangway.keys.TicketPolicy;
import dev.gangway.source.KeySource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens a manager without waiting for ever for its first keys: a server that hangs at start tells nobody why. */
public final class FirstLoad {
    private FirstLoad() {}

    /**
     * {@link TicketKeyManager#open}, given up after {@code patience}.
     *
     * @throws KeyFileException if the source has no usable keys, or does not answer in time
     */
    public static TicketKeyManager within(Duration patience, KeySource source, TicketPolicy policy, InstantSource clock)
            throws KeyFileException {
        CompletableFuture<TicketKeyManager> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> open(source, policy, clock, result), "gangway-first-load");
        thread.setDaemon(true);
        thread.start();
        try {
            return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            giveUp(result, thread);
            throw new KeyFileException(
                    source.describe() + " did not answer within " + Durations.format(patience)
                            + ": is its file system hanging? The server does not start without keys",
                    e);
        } catch (InterruptedException e) {
            giveUp(result, thread);
            Thread.currentThread().interrupt();
            throw new KeyFileException(source.describe() + ": interrupted while the first keys were read", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KeyFileException refused) {
                throw refused;
            }
            throw new KeyFileException(source.describe() + " cannot be read: " + e.getCause(), e.getCause());
        }
    }

    private static void open(
            KeySource source, TicketPolicy policy, InstantSource clock, CompletableFuture<TicketKeyManager> result) {
        try {
            TicketKeyManager manager = TicketKeyManager.open(source, policy, clock);
            if (!result.complete(manager)) {
                // Nobody waits any more: the keys that came too late are wiped.
                manager.close();
            }
        } catch (KeyFileException | RuntimeException | Error e) {
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
