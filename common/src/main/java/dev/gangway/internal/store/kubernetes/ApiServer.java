package dev.gangway.internal.store.kubernetes;

import dev.gangway.KeysetStoreException;
import dev.gangway.internal.json.JsonReader;
import dev.gangway.internal.store.http.BoundedCall;
import dev.gangway.internal.store.http.ServerText;
import dev.gangway.internal.store.http.ServerTime;
import dev.gangway.internal.store.http.StoreClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Calls about one Secret. */
final class ApiServer {
    private static final Duration ANSWER = Duration.ofSeconds(6);
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int HUNDRED = 100;

    private final URI secrets;
    private final String namespace;
    private final String name;
    private final Token token;
    private final StoreClient client;

    ApiServer(URI server, String namespace, String name, Token token, StoreClient client) {
        this.secrets = server.resolve("/api/v1/namespaces/" + namespace + "/secrets");
        this.namespace = namespace;
        this.name = name;
        this.token = token;
        this.client = client;
    }

    /** The token of the service account, which changes; empty if there is none. */
    interface Token {
        Optional<String> read() throws KeysetStoreException;
    }

    /** The Secret. */
    record Answer(Object json, Optional<Instant> time) {}

    /** Namespace and name of the Secret. */
    String secretName() {
        return namespace + "/" + name;
    }

    StoreClient client() {
        return client;
    }

    Answer get() throws KeysetStoreException {
        return secretIn(send(request("/" + name, ANSWER).GET().build()));
    }

    /** @return false if the Secret has another version than the patch says */
    boolean patch(String body) throws KeysetStoreException {
        HttpResponse<String> response = send(request("/" + name, ANSWER)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString(body))
                .build());
        if (response.statusCode() == CONFLICT) {
            return false;
        }
        secretIn(response);
        return true;
    }

    /** A watch of the Secret, from the time at which it had {@code version}. */
    HttpRequest watch(String version, Duration timeout) throws KeysetStoreException {
        return request("?watch=1&fieldSelector=metadata.name%3D" + name + "&resourceVersion=" + version, timeout)
                .GET()
                .build();
    }

    private HttpRequest.Builder request(String rest, Duration timeout) throws KeysetStoreException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(secrets + rest))
                .timeout(timeout)
                .header("Accept", "application/json");
        Optional<String> present = token.read();
        // Otherwise the exception of the HTTP client would show it.
        if (present.filter(value -> !value.matches("[!-~]+")).isPresent()) {
            throw new KeysetStoreException("the token is not one line of ASCII text");
        }
        present.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) throws KeysetStoreException {
        try {
            return BoundedCall.send(client, request, ANSWER);
        } catch (IOException e) {
            throw new KeysetStoreException("the API server does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeysetStoreException("interrupted while the API server was asked", e);
        }
    }

    private Answer secretIn(HttpResponse<String> response) throws KeysetStoreException {
        if (response.statusCode() == NOT_FOUND) {
            throw new KeysetStoreException("there is no such Secret; make it with: kubectl --namespace=" + namespace
                    + " create secret generic " + name);
        }
        Object json;
        try {
            json = JsonReader.parse(response.body());
        } catch (IllegalArgumentException e) {
            throw new KeysetStoreException(
                    "the API server does not answer as Kubernetes does, with status " + response.statusCode(), e);
        }
        if (response.statusCode() / HUNDRED != 2) {
            throw new KeysetStoreException("the API server refuses the call: "
                    + JsonReader.text(json, "message")
                            .map(ServerText::oneLine)
                            .orElse("status " + response.statusCode()));
        }
        return new Answer(json, ServerTime.of(response));
    }
}
