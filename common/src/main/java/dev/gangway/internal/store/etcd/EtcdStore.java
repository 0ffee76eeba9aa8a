package dev.gangway.internal.store.etcd;

import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreException;
import dev.gangway.StoredDocument;
import dev.gangway.internal.json.JsonReader;
import dev.gangway.internal.json.JsonWriter;
import dev.gangway.internal.store.etcd.Gateway.Answer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The document under the key {@code gangway/NAME}. The revision of its last change is its version. */
final class EtcdStore implements KeysetStore {
    private static final String PREFIX = "gangway/";
    // A watch ends before its request does.
    private static final Duration MORE = Duration.ofSeconds(5);

    private final Gateway gateway;
    private final String key;
    // Of the whole etcd at the last read: a watch begins after it, so that no change is missed.
    private volatile long revision;

    EtcdStore(Gateway gateway, String documentName) {
        this.gateway = gateway;
        this.key = base64((PREFIX + documentName).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public StoredDocument read() throws KeysetStoreException {
        Answer answer = gateway.call("/v3/kv/range", JsonWriter.of(Map.of("key", key)));
        Object json = answer.json();
        try {
            revision = JsonReader.text(json, "header", "revision")
                    .map(Long::parseLong)
                    .orElse(0L);
            Optional<String> value = JsonReader.text(json, "kvs", "0", "value");
            Optional<Instant> time = answer.date().flatMap(EtcdStore::time);
            if (JsonReader.find(json, "kvs", "0").isEmpty()) {
                return StoredDocument.absent(time);
            }
            long version = Long.parseLong(
                    JsonReader.text(json, "kvs", "0", "mod_revision").orElseThrow());
            return StoredDocument.of(Base64.getDecoder().decode(value.orElse("")), version, time);
        } catch (IllegalArgumentException | NoSuchElementException e) {
            throw new KeysetStoreException("the answer of etcd is not understood: " + e.getMessage(), e);
        }
    }

    // A key that does not exist has the revision 0. If the answer is lost, the call is repeated at the next endpoint.
    // It
    // fails there if the first one was successful; the reader then finds its own document.
    @Override
    public boolean compareAndSwap(StoredDocument expected, byte[] content) throws KeysetStoreException {
        Map<String, ?> compare =
                Map.of("key", key, "target", "MOD", "result", "EQUAL", "mod_revision", expected.version());
        Map<String, ?> put = Map.of("request_put", Map.of("key", key, "value", base64(content)));
        String body = JsonWriter.of(Map.of("compare", List.of(compare), "success", List.of(put)));
        // Absent, not false, if it fails.
        return JsonReader.text(gateway.call("/v3/kv/txn", body).json(), "succeeded")
                .filter("true"::equals)
                .isPresent();
    }

    @Override
    public void awaitChange(StoredDocument last, Duration atMost) throws KeysetStoreException, InterruptedException {
        String body = JsonWriter.of(Map.of("create_request", Map.of("key", key, "start_revision", revision + 1)));
        WatchLines lines = new WatchLines();
        CompletableFuture<HttpResponse<Void>> call = gateway.client()
                .sendAsync(
                        gateway.request("/v3/watch", body, atMost.plus(MORE)),
                        HttpResponse.BodyHandlers.fromLineSubscriber(lines));
        try {
            CompletableFuture.anyOf(lines.change(), call).get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            if (!lines.change().isDone()) {
                throw new KeysetStoreException("etcd has ended the watch");
            }
        } catch (TimeoutException e) {
            // Nothing has changed.
        } catch (ExecutionException e) {
            throw new KeysetStoreException(
                    "etcd cannot be watched: " + e.getCause().getMessage(), e);
        } finally {
            lines.cancel();
            call.cancel(true);
        }
    }

    @Override
    public String name() {
        return gateway.name();
    }

    private static Optional<Instant> time(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
