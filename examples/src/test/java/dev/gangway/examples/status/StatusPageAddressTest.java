package dev.gangway.examples.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gangway.status.StatusPage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in Chromium, behind HTTP Basic and a path prefix, at the addresses that users enter. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class StatusPageAddressTest {
    private static final String PREFIX = "/nodes/one/gangway-status";
    private static final String EMPTY = "No server with Gangway runs in this JVM.";
    private static final int OK = 0;
    private static final int OTHER_PAGE = 200;

    @TempDir
    static Path profile;

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final StatusPage page = StatusPage.ofThisJvm();
    private HttpServer server;
    private Browser browser;
    // The response to requests for data, instead of the data.
    private volatile int instead;

    @BeforeAll
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        HttpContext context = server.createContext(PREFIX, this::answer);
        context.setAuthenticator(new BasicAuthenticator("Gangway status") {
            @Override
            public boolean checkCredentials(String user, String password) {
                return user.equals("operator") && password.equals("s3cret/@:");
            }
        });
        server.setExecutor(threads);
        server.start();
        browser = Browser.start(profile.resolve("chromium"));
    }

    @BeforeEach
    void answerWithData() {
        instead = OK;
    }

    @AfterEach
    void forgetThePage() {
        browser.open(URI.create("about:blank"));
        assertThat(browser.console()).isNotNull();
    }

    @AfterAll
    void stop() {
        browser.close();
        server.stop(0);
        threads.shutdown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/?", "/?node=1&x=/y", "/#content", "/?a#b?c/d"})
    void page_openedWithUserAndPassword_readsItsData(String end) throws Exception {
        browser.open(address("operator:s3cret%2F%40%3A@", end));

        browser.await("it reads", () -> browser.text("#summary").startsWith(EMPTY));
        assertThat(browser.text("#updated")).startsWith("As of");
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requested())
                .filteredOn(url -> url.endsWith(".json"))
                .isNotEmpty()
                .allSatisfy(url ->
                        assertThat(url).isEqualTo(address("", "/status.json").toString()));
    }

    @Test
    void page_userIsNotLetInAnyMore_saysSoAndComesBack() throws Exception {
        openAndAwait();

        instead = 403;
        browser.await(
                "it is refused",
                () -> browser.text("#summary")
                        .startsWith("The server of this page no longer accepts your login (HTTP 403)."));
        instead = 503;
        browser.await(
                "there is an error",
                () -> browser.text("#summary").startsWith("The server of this page answers with an error (HTTP 503)."));
        instead = OTHER_PAGE;
        browser.await(
                "another page comes",
                () -> browser.text("#summary").startsWith("The answer does not come from the server of this page."));
        instead = OK;
        browser.await("it reads again", () -> browser.text("#summary").startsWith(EMPTY));
    }

    private void openAndAwait() throws InterruptedException {
        browser.open(address("operator:s3cret%2F%40%3A@", "/"));
        browser.await("it reads", () -> browser.text("#summary").startsWith(EMPTY));
    }

    private URI address(String user, String end) {
        return URI.create("http://" + user + "127.0.0.1:" + server.getAddress().getPort() + PREFIX + end);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
            if (path.endsWith(".json") && instead == OTHER_PAGE) {
                send(exchange, "text/html", "<h1>Please log in</h1>".getBytes(StandardCharsets.UTF_8));
            } else if (path.endsWith(".json") && instead != OK) {
                exchange.sendResponseHeaders(instead, -1);
            } else {
                StatusPage.Part part = page.part(path).orElseThrow();
                send(exchange, part.contentType(), part.content());
            }
        }
    }

    private static void send(HttpExchange exchange, String contentType, byte[] content) throws IOException {
        StatusPage.HEADERS.forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
    }
}
