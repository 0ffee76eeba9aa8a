package dev.gangway.internal.store.http;

import dev.gangway.KeysetStoreException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A request whose answer is a line of JSON for each change, and has no end. */
public final class Watch {
    /** How much longer than the watch its request may last, so that the watch ends first. */
    public static final Duration MORE = Duration.ofSeconds(5);

    /** What a line says. */
    public enum Line {
        NOTHING,
        /** The document may have changed. */
        CHANGE,
        /** There will be no further line. */
        END
    }

    private Watch() {}

    /**
     * Returns when a line tells of a change, or after {@code atMost}.
     *
     * @param meaning what a line says
     * @param server for messages
     * @throws KeysetStoreException if the watch ends before that
     */
    public static void await(
            StoreClient client, HttpRequest request, Function<Object, Line> meaning, Duration atMost, String server)
            throws KeysetStoreException, InterruptedException {
        WatchLines lines = new WatchLines(meaning);
        CompletableFuture<HttpResponse<Void>> call =
                client.sendAsync(request, BoundedCall.limited(HttpResponse.BodyHandlers.fromLineSubscriber(lines)));
        try {
            CompletableFuture.anyOf(lines.change(), call).get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            if (!lines.change().isDone()) {
                throw new KeysetStoreException(server + " has ended the watch");
            }
        } catch (TimeoutException e) {
            // Nothing has changed.
        } catch (ExecutionException e) {
            client.requireOpen();
            throw new KeysetStoreException(
                    server + " cannot be watched: " + e.getCause().getMessage(), e);
        } finally {
            lines.cancel();
            call.cancel(true);
        }
    }
}
