package dev.gangway.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The web application with its {@code web.xml}, in embedded Tomcat 11 and Jetty 12.1. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusServletTest {
    @TempDir
    static Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private List<ServedWebApplication> applications;

    @BeforeAll
    void start() throws Exception {
        applications = List.of(ServedWebApplication.inTomcat(folder), ServedWebApplication.inJetty());
    }

    @AfterAll
    void stop() throws Exception {
        for (ServedWebApplication application : applications) {
            application.stop().now();
        }
    }

    Stream<ServedWebApplication> applications() {
        return applications.stream();
    }

    @ParameterizedTest
    @MethodSource("applications")
    void get_withoutCredentials_isAskedForThem(ServedWebApplication application) throws Exception {
        for (String path : List.of("/", "/status.json", "/page.css", "/no-such-file")) {
            HttpResponse<String> response = send(application.secure(), "GET", path, null);

            assertThat(response.statusCode()).as(path).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge)
                            .startsWithIgnoringCase("basic")
                            .contains("Gangway status"));
        }
    }

    @ParameterizedTest
    @MethodSource("applications")
    void get_userOfAnotherRole_isForbidden(ServedWebApplication application) throws Exception {
        assertThat(send(application.secure(), "GET", "/status.json", "guest").statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @MethodSource("applications")
    void get_withoutTls_isNotAnswered(ServedWebApplication application) throws Exception {
        HttpResponse<String> response = send(application.plain(), "GET", "/status.json", "operator");

        assertThat(response.statusCode()).isIn(302, 303, 403);
        assertThat(response.body()).doesNotContain("nodes");
    }

    @ParameterizedTest
    @MethodSource("applications")
    void get_userOfTheRole_isGivenThePageAndItsHeaders(ServedWebApplication application) throws Exception {
        HttpResponse<String> response = send(application.secure(), "GET", "/", "operator");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("<h1>Gangway status</h1>");
        assertThat(response.headers().map())
                .containsEntry("X-Content-Type-Options", List.of("nosniff"))
                .containsEntry("Content-Security-Policy", List.of(StatusPage.HEADERS.get("Content-Security-Policy")));
    }

    @ParameterizedTest
    @MethodSource("applications")
    void get_data_isOfTheServersInThisJvm(ServedWebApplication application) throws Exception {
        try (FakeTicketKeys fake = FakeTicketKeys.register("Catalina", Map.of("State", "SHARING"))) {
            assertThat(fake).isNotNull();
            HttpResponse<String> response = send(application.secure(), "GET", "/status.json", "operator");

            assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(JSON.std.mapFrom(response.body()).get("nodes"))
                    .asInstanceOf(LIST)
                    .singleElement()
                    .extracting("name", "state")
                    .containsExactly("Catalina", "SHARING");
        }
    }

    @ParameterizedTest
    @MethodSource("applications")
    void head_file_tellsItsLengthOnly(ServedWebApplication application) throws Exception {
        HttpResponse<String> response = send(application.secure(), "HEAD", "/lib/chart.umd.min.js", "operator");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValueAsLong("Content-Length").orElse(0))
                .isGreaterThan(100_000);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("applications")
    void otherMethods_userOfTheRole_areRefused(ServedWebApplication application) throws Exception {
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND")) {
            HttpResponse<String> response = send(application.secure(), method, "/status.json", "operator");

            assertThat(response.statusCode()).as(method).isEqualTo(405);
            assertThat(response.headers().firstValue("Allow")).as(method).hasValue("GET, HEAD");
        }
    }

    @ParameterizedTest
    @MethodSource("applications")
    void get_pathThatIsNotThere_isNotFound(ServedWebApplication application) throws Exception {
        for (String path : List.of("/index.htm", "/WEB-INF/web.xml", "/lib/")) {
            assertThat(send(application.secure(), "GET", path, "operator").statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @MethodSource("applications")
    void get_withoutTheSlash_isSentToIt(ServedWebApplication application) throws Exception {
        HttpResponse<String> response = send(application.secure(), "GET", "", "operator");

        assertThat(response.statusCode()).isIn(301, 302, 303);
        assertThat(response.headers().firstValue("Location"))
                .hasValueSatisfying(target -> assertThat(target).endsWith("/gangway-status/"));
    }

    private HttpResponse<String> send(int port, String method, String path, String user)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/gangway-status" + path))
                .version(HttpClient.Version.HTTP_1_1)
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (user != null) {
            byte[] credentials = (user + ":secret").getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
