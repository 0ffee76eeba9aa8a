package dev.gangway.internal.store.http;

import dev.gangway.KeysetStoreException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The HTTP client of a store. It trusts the certificates that are in the file when a call begins: after the file has
 * changed, there is a new client, with new connections.
 */
public final class StoreClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final Optional<Path> trusted;
    private final Map<Object, CompletableFuture<?>> running = new ConcurrentHashMap<>();
    private byte[] certificates = new byte[0];
    private Optional<HttpClient> client = Optional.empty();
    private boolean isClosed;

    /**
     * @param trusted PEM file of the authorities; empty for those of the Java platform
     * @throws KeysetStoreException if the file cannot be used
     */
    public StoreClient(Optional<Path> trusted) throws KeysetStoreException {
        this.trusted = trusted;
        current();
    }

    <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler)
            throws KeysetStoreException {
        CompletableFuture<HttpResponse<T>> call = current().sendAsync(request, handler);
        Object key = new Object();
        running.put(key, call);
        CompletableFuture<?> unused = call.whenComplete((answer, failure) -> running.remove(key));
        synchronized (this) {
            if (isClosed) {
                call.cancel(true);
            }
        }
        return call;
    }

    /** Calls that are running end with an exception. */
    @Override
    public void close() {
        Optional<HttpClient> last;
        synchronized (this) {
            isClosed = true;
            last = client;
            client = Optional.empty();
        }
        running.values().forEach(call -> call.cancel(true));
        last.ifPresent(StoreClient::end);
    }

    synchronized void requireOpen() throws KeysetStoreException {
        if (isClosed) {
            throw new KeysetStoreException("the store is closed");
        }
    }

    private HttpClient current() throws KeysetStoreException {
        // Without the lock: reading a file may take for ever, and close() must not.
        byte[] present = TrustedCertificates.read(trusted);
        Optional<HttpClient> old;
        HttpClient next;
        synchronized (this) {
            requireOpen();
            if (client.isPresent() && Arrays.equals(present, certificates)) {
                return client.get();
            }
            next = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .sslContext(TrustedCertificates.context(trusted, present))
                    .build();
            old = client;
            client = Optional.of(next);
            certificates = present;
        }
        old.ifPresent(StoreClient::end);
        return next;
    }

    // Before Java 21, a client cannot be closed. Its thread ends after the collector has found that nobody uses it.
    private static void end(HttpClient client) {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(client);
        } catch (ReflectiveOperationException e) {
            // Java 17, as explained above.
        }
    }
}
