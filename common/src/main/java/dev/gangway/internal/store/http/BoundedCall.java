package dev.gangway.internal.store.http;

import dev.gangway.KeysetStoreException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call that ends, whatever the server sends: the time limit of a request of {@code java.net.http} ends with the headers of
 * the answer, and its bodies may have any length. Before the call, the client reads {@code trustedCertificates}, of at most
 * 1 MiB; the limit does not include that, so a file system that does not answer can delay the call.
 */
public final class BoundedCall {
    /** In bytes; much more than a document and what stands around it. */
    static final int MAX_LENGTH = 512 * 1024;

    private BoundedCall() {}

    /**
     * @param limit for the whole call
     * @throws IOException if there is no whole answer in time, or it is too long
     * @throws KeysetStoreException if the client is closed, or cannot be used
     */
    public static HttpResponse<String> send(StoreClient client, HttpRequest request, Duration limit)
            throws IOException, InterruptedException, KeysetStoreException {
        CompletableFuture<HttpResponse<String>> call = client.sendAsync(request, limited(BodyHandlers.ofString()));
        try {
            return call.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer within " + limit.toSeconds() + " s");
        } catch (ExecutionException | CancellationException e) {
            client.requireOpen();
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            throw cause instanceof IOException failure ? failure : new IOException(cause);
        } finally {
            call.cancel(true);
        }
    }

    /** As {@code handler}, for a body of at most {@link #MAX_LENGTH} bytes. */
    static <T> BodyHandler<T> limited(BodyHandler<T> handler) {
        return headers -> new LimitedBody<>(handler.apply(headers));
    }
}
