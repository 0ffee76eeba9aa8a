package dev.gangway.internal.store.kubernetes;

import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreException;
import dev.gangway.StoredDocument;
import dev.gangway.internal.json.JsonReader;
import dev.gangway.internal.json.JsonWriter;
import dev.gangway.internal.store.http.Watch;
import dev.gangway.internal.store.kubernetes.ApiServer.Answer;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The document under a key of a Secret that exists already. The {@code resourceVersion} of the Secret is its version: the
 * API server refuses a patch that has another one.
 */
final class KubernetesStore implements KeysetStore {
    private static final int GONE = 410;

    private final ApiServer server;
    private final String key;
    // A watch begins after it, so that no change is missed.
    private volatile String version = "";

    KubernetesStore(ApiServer server, String key) {
        this.server = server;
        this.key = key;
    }

    @Override
    public StoredDocument read() throws KeysetStoreException {
        Answer answer = server.get();
        String present = versionOf(answer);
        version = present;
        Optional<String> value = JsonReader.text(answer.json(), "data", key);
        if (value.isEmpty()) {
            return StoredDocument.absent(answer.time());
        }
        try {
            return StoredDocument.of(Base64.getDecoder().decode(value.get()), Long.parseLong(present), answer.time());
        } catch (IllegalArgumentException e) {
            throw new KeysetStoreException("the Secret is not understood: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean compareAndSwap(StoredDocument expected, byte[] content) throws KeysetStoreException {
        String from = expected.isPresent() ? String.valueOf(expected.version()) : versionWithoutDocument();
        return !from.isEmpty()
                && server.patch(JsonWriter.of(Map.of(
                        "metadata",
                        Map.of("resourceVersion", from),
                        "data",
                        Map.of(key, Base64.getEncoder().encodeToString(content)))));
    }

    @Override
    public void awaitChange(StoredDocument last, Duration atMost) throws KeysetStoreException, InterruptedException {
        Watch.await(
                server.client(),
                server.watch(version, atMost.plus(Watch.MORE)),
                KubernetesStore::meaning,
                atMost,
                "the API server");
    }

    @Override
    public String name() {
        return "kubernetes:" + server.secretName() + "#" + key;
    }

    @Override
    public void close() {
        server.client().close();
    }

    // Empty if the Secret has a document.
    private String versionWithoutDocument() throws KeysetStoreException {
        Answer answer = server.get();
        return JsonReader.text(answer.json(), "data", key).isPresent() ? "" : versionOf(answer);
    }

    private static String versionOf(Answer answer) throws KeysetStoreException {
        return JsonReader.text(answer.json(), "metadata", "resourceVersion")
                .filter(text -> text.matches("\\d+"))
                .orElseThrow(() -> new KeysetStoreException("the Secret has no resourceVersion that is a number"));
    }

    private static Watch.Line meaning(Object json) {
        String type = JsonReader.text(json, "type").orElse("ERROR");
        if (type.equals("BOOKMARK")) {
            return Watch.Line.NOTHING;
        }
        if (!type.equals("ERROR")) {
            return Watch.Line.CHANGE;
        }
        // The version is too old to begin with; the next read has a newer one. Otherwise, the call was refused.
        boolean isGone = JsonReader.text(json, "object", "code")
                .or(() -> JsonReader.text(json, "code"))
                .filter(String.valueOf(GONE)::equals)
                .isPresent();
        return isGone ? Watch.Line.CHANGE : Watch.Line.END;
    }
}
