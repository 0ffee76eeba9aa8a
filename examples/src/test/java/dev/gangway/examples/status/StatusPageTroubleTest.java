package dev.gangway.examples.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.gangway.status.StatusJson;
import dev.gangway.status.StatusPage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in Chromium with made-up data of faults, which do not occur in real servers during a test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusPageTroubleTest {
    private static final List<String> OUTCOMES = List.of(
            "resumedActiveKey",
            "resumedPreviousKey",
            "resumedNextKey",
            "resumedAcceptOnlyKey",
            "resumedOnThisNodeOnly",
            "fullWithoutTicket",
            "fullUnknownKey",
            "fullKeyNotYetAccepted",
            "fullKeyDestroyed",
            "fullOtherScope",
            "fullSessionExpired",
            "fullCertificateRefused",
            "fullTicketRefused",
            "failed",
            "notUnderstood");

    @TempDir
    static Path profile;

    // Each response is five seconds later than the previous one, so that a minute passes during the test.
    private final AtomicLong readings = new AtomicLong();
    private LoopbackHttp http;
    private Browser browser;

    @BeforeAll
    void start() throws Exception {
        http = LoopbackHttp.start(0, StatusPage.showing(this::document)::part);
        browser = Browser.start(profile.resolve("chromium"));
    }

    @AfterAll
    void stop() {
        browser.close();
        http.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void page_everyTroubleAtOnce_saysSoInWordsAndIsAccessible(String scheme) throws Exception {
        browser.look(1600, scheme);
        browser.open(http.url());
        browser.await("there was time for handshakes of each kind", this::allOutcomesAreThere);

        assertThat(browser.texts("#nodes .card > header .chip"))
                .containsExactly(
                        "shares tickets",
                        "keeps its last good keys",
                        "shares no tickets",
                        "a TLS context did not accept the keys",
                        "does not answer");
        assertThat(browser.texts("#summary p")).first().asString().startsWith("1 of 5 nodes shares tickets. Key rings");
        assertThat(browser.text("#summary")).contains("the file is <b>gone</b>");
        assertThat(browser.texts("#rings-table td:last-child"))
                .containsExactly("same ring", "same ring", "different ring", "different ring", "no answer");
        assertThat(browser.rows("#keys-table tbody tr").get(6))
                .isEqualTo("raw | 7777777777777777 | accept-only | – | – | – | –");
        assertThat(browser.script("return document.querySelector('b')"))
                .as("markup in data")
                .isNull();
        assertThat(browser.text("#connections")).isNotEmpty();
        assertThat(browser.element("#connections").isDisplayed())
                .as("connections are not observed")
                .isFalse();
        assertThat(browser.accessibilityViolations()).isEmpty();
        assertThat(consoleOf(http)).isEmpty();
        browser.screenshot("trouble-" + scheme);
    }

    @Test
    void page_serverGone_saysSoAndComesBack() throws Exception {
        browser.open(http.url());
        browser.await("it reads", () -> browser.text("#updated").startsWith("As of"));
        int port = http.url().getPort();
        http.close();
        browser.await(
                "it misses its server",
                () -> browser.text("#summary").startsWith("The server of this page does not answer."));

        http = LoopbackHttp.start(port, StatusPage.showing(this::document)::part);
        browser.await("it reads again", () -> browser.text("#summary").contains("nodes shares tickets"));
        // Chromium itself reports the failed requests.
        assertThat(browser.console()).allMatch(line -> line.contains("ERR_CONNECTION_REFUSED"));
    }

    @Test
    void page_noServerWithGangway_saysSo() throws Exception {
        try (LoopbackHttp empty = LoopbackHttp.start(0, StatusPage.ofThisJvm()::part)) {
            browser.open(empty.url());

            browser.await(
                    "it says so",
                    () -> browser.text("#summary").startsWith("No server with Gangway runs in this JVM."));
            assertThat(consoleOf(empty)).isEmpty();
        }
    }

    // Chromium may report late that the server of another test is gone.
    private List<String> consoleOf(LoopbackHttp server) {
        String address = ":" + server.url().getPort() + "/";
        return browser.console().stream()
                .filter(line -> line.contains(address) || !line.contains("ERR_CONNECTION_REFUSED"))
                .toList();
    }

    @Test
    void history_nodeRestartedAndFiveMinutesOver_countsWhatIsNewAndForgetsTheOldest() throws Exception {
        browser.open(http.url());

        assertThat(browser.promise("""
                        const { History } = await import("./history.js");
                        const history = new History();
                        const add = (second, count) => history.add({ at: new Date(1000 * second).toISOString(), nodes: [
                          { name: "a", condition: "REPORTS", handshakes: [{ resumedActiveKey: count }] }] });
                        const seen = () => [history.seen(["a"]).resumedActiveKey, history.back].join();
                        add(0, 5);
                        add(1, 8);
                        const first = seen();
                        add(2, 2);
                        const restarted = seen();
                        add(302, 2);
                        return [first, restarted, seen()];
                        """)).asInstanceOf(LIST).containsExactly("3,60", "5,60", "2,300");
    }

    private boolean allOutcomesAreThere() {
        List<String> rows = browser.rows("#outcomes-table tbody tr");
        return rows.size() == OUTCOMES.size() && rows.stream().noneMatch(row -> row.contains(" | 0"));
    }

    private String document() {
        long reading = readings.getAndIncrement();
        Instant now = Instant.parse("2026-06-01T12:00:00Z").plusSeconds(5 * reading);
        List<Map<String, Object>> nodes = new ArrayList<>();
        nodes.add(node("well", "SHARING", "", "aaaa", timedKeys(), reading));
        nodes.add(node("file", "KEEPING_LAST_GOOD_KEYS", "the file is <b>gone</b>", "aaaa", timedKeys(), reading));
        nodes.add(
                node("raw", "NOT_SHARING", "", "bbbb", List.of(key("7777777777777777", "ACCEPT_ONLY", null)), reading));
        nodes.add(node("broken", "INSTALLATION_BROKEN", "", "cccc", timedKeys(), reading));
        nodes.add(new LinkedHashMap<>(Map.of("name", "gone", "condition", "NO_ANSWER")));
        return StatusJson.withoutConnections(now, nodes);
    }

    private static Map<String, Object> node(
            String name, String state, String fault, String digest, List<Map<String, Object>> keys, long reading) {
        Map<String, Object> handshakes =
                new LinkedHashMap<>(Map.of("engine", "jdk", "scope", "none", "protocol", "TLSv1.3"));
        for (int i = 0; i < OUTCOMES.size(); i++) {
            handshakes.put(OUTCOMES.get(i), reading * (1 + i % 4));
        }
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("name", name);
        node.put("condition", "REPORTS");
        node.put("state", state);
        node.put("fault", fault);
        node.put("ringDigest", digest);
        node.put("engine", "openssl");
        node.put("source", "file:/etc/gangway/ticket.keys");
        node.put("activeKey", state.equals("NOT_SHARING") ? "" : "1111111111111111");
        node.put("activeKeyAgeSeconds", state.equals("NOT_SHARING") ? -1 : 7200);
        node.put("acceptedKeys", keys.size());
        node.put("secondsToNextChange", state.equals("NOT_SHARING") ? -1 : 14_400);
        node.put("ticketLifetimeSeconds", 21_600);
        node.put("pollIntervalSeconds", 10.0);
        node.put("keys", keys);
        node.put("handshakes", List.of(handshakes));
        return node;
    }

    private static List<Map<String, Object>> timedKeys() {
        Instant start = Instant.parse("2026-06-01T10:00:00Z");
        return List.of(
                key("1111111111111111", "ACTIVE", start),
                key("0000000000000000", "PREVIOUS", start.minus(Duration.ofHours(12))),
                key("2222222222222222", "NEXT", start.plus(Duration.ofHours(12))));
    }

    private static Map<String, Object> key(String name, String role, Instant active) {
        Map<String, Object> key = new LinkedHashMap<>();
        key.put("name", name);
        key.put("role", role);
        key.put(
                "acceptFrom",
                active == null ? null : active.minus(Duration.ofHours(12)).toString());
        key.put("activateAt", active == null ? null : active.toString());
        key.put(
                "retireAt",
                active == null ? null : active.plus(Duration.ofHours(12)).toString());
        key.put(
                "destroyAt",
                active == null ? null : active.plus(Duration.ofHours(18)).toString());
        return key;
    }
}
