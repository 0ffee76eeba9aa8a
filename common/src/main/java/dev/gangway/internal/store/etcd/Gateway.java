package dev.gangway.internal.store.etcd;

import dev.gangway.KeysetStoreException;
import dev.gangway.internal.json.JsonReader;
import dev.gangway.internal.json.JsonWriter;
import dev.gangway.internal.store.etcd.EtcdStoreProvider.Login;
import dev.gangway.internal.store.http.BoundedCall;
import dev.gangway.internal.store.http.ServerText;
import dev.gangway.internal.store.http.ServerTime;
import dev.gangway.internal.store.http.StoreClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Calls etcd's JSON gateway: one endpoint after the other until one answers, with a token if there is a login. */
final class Gateway {
    private static final Duration ANSWER = Duration.ofSeconds(6);
    private static final int UNAUTHORIZED = 401;
    private static final int SERVER_ERROR = 500;

    private final List<URI> endpoints;
    private final Optional<Login> login;
    private final StoreClient client;
    private volatile int current;
    private volatile Optional<String> token = Optional.empty();

    Gateway(List<URI> endpoints, Optional<Login> login, StoreClient client) {
        this.endpoints = List.copyOf(endpoints);
        this.login = login;
        this.client = client;
    }

    /** An answer of etcd. */
    record Answer(Object json, Optional<Instant> date) {}

    String name() {
        return endpoints.stream().map(URI::toString).collect(Collectors.joining(",", "etcd:", ""));
    }

    StoreClient client() {
        return client;
    }

    /** @throws KeysetStoreException if no endpoint answers, or etcd refuses the call */
    Answer call(String path, String body) throws KeysetStoreException {
        StringBuilder failures = new StringBuilder();
        for (int attempt = 0; attempt < endpoints.size(); attempt++) {
            URI endpoint = endpoints.get(current);
            try {
                HttpResponse<String> response = authorized(endpoint, path, body);
                if (response.statusCode() < SERVER_ERROR) {
                    return answer(endpoint, response);
                }
                failures.append("; ").append(endpoint).append(": ").append(error(response));
            } catch (IOException e) {
                failures.append("; ").append(endpoint).append(": ").append(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KeysetStoreException("interrupted while etcd was asked", e);
            }
            // Also for the next call: this member does not answer.
            current = (current + 1) % endpoints.size();
        }
        throw new KeysetStoreException("no endpoint answers" + failures);
    }

    /** A request to the endpoint that has answered last. */
    HttpRequest request(String path, String body, Duration timeout) {
        return request(endpoints.get(current), path, body, token, timeout);
    }

    private HttpResponse<String> authorized(URI endpoint, String path, String body)
            throws IOException, InterruptedException, KeysetStoreException {
        if (login.isPresent() && token.isEmpty()) {
            token = Optional.of(authenticate(endpoint, login.get()));
        }
        HttpResponse<String> response = send(endpoint, path, body, token);
        if (login.isPresent() && isTokenOld(response)) {
            token = Optional.of(authenticate(endpoint, login.get()));
            response = send(endpoint, path, body, token);
        }
        return response;
    }

    private static boolean isTokenOld(HttpResponse<String> response) {
        return response.statusCode() == UNAUTHORIZED
                || response.body().contains("invalid auth token")
                || response.body().contains("revision of auth store is old");
    }

    private String authenticate(URI endpoint, Login user)
            throws IOException, InterruptedException, KeysetStoreException {
        String body = JsonWriter.of(Map.of("name", user.user(), "password", user.password()));
        HttpResponse<String> response = send(endpoint, "/v3/auth/authenticate", body, Optional.empty());
        if (response.statusCode() >= SERVER_ERROR) {
            throw new IOException(error(response));
        }
        return JsonReader.text(answer(endpoint, response).json(), "token")
                .orElseThrow(() -> new KeysetStoreException(endpoint + " issued no token for user " + user.user()
                        + "; check whether authentication is enabled in etcd"));
    }

    private HttpResponse<String> send(URI endpoint, String path, String body, Optional<String> authorization)
            throws IOException, InterruptedException, KeysetStoreException {
        return BoundedCall.send(client, request(endpoint, path, body, authorization, ANSWER), ANSWER);
    }

    private static HttpRequest request(
            URI endpoint, String path, String body, Optional<String> authorization, Duration timeout) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.resolve(path))
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request.build();
    }

    private static Answer answer(URI endpoint, HttpResponse<String> response) throws KeysetStoreException {
        if (response.statusCode() != 200) {
            throw new KeysetStoreException(endpoint + " refused the request: " + error(response));
        }
        try {
            return new Answer(JsonReader.parse(response.body()), ServerTime.of(response));
        } catch (IllegalArgumentException e) {
            throw new KeysetStoreException(
                    "the answer of " + endpoint
                            + " is not that of etcd's JSON gateway; check that the endpoint is etcd's"
                            + " client address: " + e.getMessage(),
                    e);
        }
    }

    private static String error(HttpResponse<String> response) {
        try {
            Object json = JsonReader.parse(response.body());
            return JsonReader.text(json, "message")
                    .or(() -> JsonReader.text(json, "error"))
                    .map(ServerText::oneLine)
                    .orElse("status " + response.statusCode());
        } catch (IllegalArgumentException e) {
            return "status " + response.statusCode();
        }
    }
}
