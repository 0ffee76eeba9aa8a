package dev.gangway.internal.store.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gangway.internal.json.JsonReader;
import dev.gangway.testing.Await;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The mock server of fabric8, which keeps Secrets and their versions, behind a server that adds what it lacks: the time in
 * each answer, watches over plain HTTP as the Kubernetes API describes them, and the check of the token.
 */
final class MockApiServer implements AutoCloseable {
    // It logs each request.
    private static final Logger LOG = Logger.getLogger(MockWebServer.class.getName());

    private final KubernetesMockServer mock = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer front;
    private volatile String token = "";
    private volatile boolean versionsAreTooOld;

    MockApiServer() throws IOException {
        LOG.setLevel(Level.WARNING);
        mock.init();
        front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        front.setExecutor(threads);
        front.createContext("/", this::answer);
        front.start();
    }

    String url() {
        return "http://127.0.0.1:" + front.getAddress().getPort();
    }

    /** Accepts only this token from now on. */
    void requireToken(String accepted) {
        token = accepted;
    }

    /** Whether watches find that their version is too old. */
    void versionsAreTooOld(boolean areTooOld) {
        versionsAreTooOld = areTooOld;
    }

    /** What {@code kubectl create secret generic} does. */
    void create(String namespace, String name) throws Exception {
        HttpResponse<String> response = forward(
                "POST",
                "/api/v1/namespaces/" + namespace + "/secrets",
                Optional.of("application/json"),
                "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"type\":\"Opaque\",\"metadata\":{\"name\":\"" + name
                        + "\",\"labels\":{\"team\":\"edge\"}},\"data\":{\"other\":\"eA==\"}}");
        if (response.statusCode() != 201) {
            throw new AssertionError(response.body());
        }
    }

    String get(String namespace, String name) throws Exception {
        return forward("GET", "/api/v1/namespaces/" + namespace + "/secrets/" + name, Optional.empty(), "")
                .body();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String authorization = Optional.ofNullable(
                            exchange.getRequestHeaders().getFirst("Authorization"))
                    .orElse("");
            String query =
                    Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
            if (!authorization.equals("Bearer " + token)) {
                send(exchange, 401, "{\"kind\":\"Status\",\"message\":\"Unauthorized\",\"code\":401}");
            } else if (query.startsWith("watch=1")) {
                watch(exchange, query);
            } else {
                HttpResponse<String> response = forward(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                send(exchange, response.statusCode(), response.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(HttpExchange exchange, String query) throws IOException, InterruptedException {
        String name = query.replaceFirst(".*fieldSelector=metadata.name=([^&]*).*", "$1");
        String version = query.replaceFirst(".*resourceVersion=([^&]*).*", "$1");
        if (versionsAreTooOld) {
            send(exchange, 200, "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410}}\n");
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.write("{\"type\":\"BOOKMARK\",\"object\":{}}\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        String path = exchange.getRequestURI().getPath() + "/" + name;
        String[] present = {""};
        Await.comesTrue(() -> {
            present[0] = forward("GET", path, Optional.empty(), "").body();
            return threads.isShutdown()
                    || !JsonReader.text(JsonReader.parse(present[0]), "metadata", "resourceVersion")
                            .equals(Optional.of(version));
        });
        out.write(("{\"type\":\"MODIFIED\",\"object\":" + present[0].replace("\n", "") + "}\n")
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private HttpResponse<String> forward(String method, String path, Optional<String> type, String body)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + mock.getPort() + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        type.ifPresent(value -> request.header("Content-Type", value));
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IOException("stopped", e);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        front.stop(0);
        mock.destroy();
    }
}
