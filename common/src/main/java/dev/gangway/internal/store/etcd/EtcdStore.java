package dev.gangway.internal.store.etcd;

import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreException;
import dev.gangway.StoredDocument;
import dev.gangway.internal.json.JsonReader;
import dev.gangway.internal.json.JsonWriter;
import dev.gangway.internal.store.etcd.Gateway.Answer;
import dev.gangway.internal.store.http.Watch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The document under the key {@code gangway/NAME}. The revision of its last change is its version. */
final class EtcdStore implements KeysetStore {
    private static final String PREFIX = "gangway/";

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
            Optional<Instant> time = answer.date();
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
        Watch.await(
                gateway.client(),
                gateway.request("/v3/watch", body, atMost.plus(Watch.MORE)),
                EtcdStore::meaning,
                atMost,
                "etcd");
    }

    @Override
    public String name() {
        return gateway.name();
    }

    @Override
    public void close() {
        gateway.client().close();
    }

    // The first line confirms the watch.
    private static Watch.Line meaning(Object json) {
        if (JsonReader.find(json, "result", "events").isPresent()
                // The revision is too old to begin with; the next read has a newer one.
                || JsonReader.text(json, "result", "compact_revision").isPresent()) {
            return Watch.Line.CHANGE;
        }
        boolean isEnd = JsonReader.find(json, "error").isPresent()
                || JsonReader.text(json, "result", "canceled")
                        .filter("true"::equals)
                        .isPresent();
        return isEnd ? Watch.Line.END : Watch.Line.NOTHING;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
