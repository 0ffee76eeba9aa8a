package dev.gangway.internal.store.http;

import dev.gangway.KeysetStoreException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The HTTP client of a store. It trusts the certificates that are in the file when a call begins: after the file has
 * changed, there is a new client, with new connections. The old one ends after its last call.
 */
public final class StoreClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    /** A client for one content of the file. */
    private static final class Generation {
        private final byte[] certificates;
        private final HttpClient client;
        private int calls;

        Generation(byte[] certificates, HttpClient client) {
            this.certificates = certificates;
            this.client = client;
        }
    }

    /** Where the certificates come from. */
    interface Certificates {
        byte[] read() throws KeysetStoreException;
    }

    private final Optional<Path> trusted;
    private final Certificates file;
    private final Map<Object, CompletableFuture<?>> running = new ConcurrentHashMap<>();
    // One thread at a time reads the file and makes a client, so that no older content replaces a newer one. Not the
    // lock of this object: reading a file may take for ever, and close() must not.
    private final Object renewal = new Object();
    // Those that have not ended.
    private final Set<Generation> generations = new HashSet<>();
    private Optional<Generation> current = Optional.empty();
    private boolean isClosed;

    /**
     * @param trusted PEM file of the authorities; empty for those of the Java platform
     * @throws KeysetStoreException if the file cannot be used
     */
    public StoreClient(Optional<Path> trusted) throws KeysetStoreException {
        this(trusted, () -> TrustedCertificates.read(trusted));
    }

    /** @param file reads {@code trusted} */
    StoreClient(Optional<Path> trusted, Certificates file) throws KeysetStoreException {
        this.trusted = trusted;
        this.file = file;
        release(acquire());
    }

    <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler)
            throws KeysetStoreException {
        Generation generation = acquire();
        CompletableFuture<HttpResponse<T>> call;
        try {
            call = generation.client.sendAsync(request, handler);
        } catch (RuntimeException e) {
            release(generation);
            throw e;
        }
        Object key = new Object();
        running.put(key, call);
        CompletableFuture<?> unused = call.whenComplete((answer, failure) -> {
            running.remove(key);
            release(generation);
        });
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
        Set<Generation> last;
        synchronized (this) {
            isClosed = true;
            current = Optional.empty();
            last = Set.copyOf(generations);
            generations.clear();
        }
        running.values().forEach(call -> call.cancel(true));
        last.forEach(StoreClient::end);
    }

    synchronized void requireOpen() throws KeysetStoreException {
        if (isClosed) {
            throw new KeysetStoreException("the store is closed");
        }
    }

    // The client for the content of the file, for one call.
    private Generation acquire() throws KeysetStoreException {
        Optional<Generation> present = acquire(file.read());
        if (present.isPresent()) {
            return present.get();
        }
        synchronized (renewal) {
            // Another thread may have made a client from a newer content.
            byte[] content = file.read();
            present = acquire(content);
            return present.isPresent() ? present.get() : renew(content);
        }
    }

    private synchronized Optional<Generation> acquire(byte[] content) throws KeysetStoreException {
        requireOpen();
        Optional<Generation> fitting = current.filter(present -> Arrays.equals(present.certificates, content));
        fitting.ifPresent(present -> present.calls++);
        return fitting;
    }

    private Generation renew(byte[] content) throws KeysetStoreException {
        Optional<Generation> old;
        Generation next;
        synchronized (this) {
            requireOpen();
            next = new Generation(
                    content,
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .connectTimeout(CONNECT)
                            .sslContext(TrustedCertificates.context(trusted, content))
                            .build());
            next.calls++;
            generations.add(next);
            old = current;
            current = Optional.of(next);
        }
        old.ifPresent(this::endIfUnused);
        return next;
    }

    private void release(Generation generation) {
        synchronized (this) {
            generation.calls--;
        }
        endIfUnused(generation);
    }

    private void endIfUnused(Generation generation) {
        synchronized (this) {
            boolean isCurrent = current.filter(present -> present == generation).isPresent();
            if (isCurrent || generation.calls > 0 || !generations.remove(generation)) {
                return;
            }
        }
        end(generation);
    }

    // Before Java 21, a client cannot be closed. Its thread ends after the collector has found that nobody uses it.
    private static void end(Generation generation) {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(generation.client);
        } catch (ReflectiveOperationException e) {
            // Before Java 21.
        }
    }
}
