package dev.gangway.examples.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.examples.cluster.ClusterSettings;
import dev.gangway.examples.cluster.ContainerMix;
import dev.gangway.internal.probe.TlsVersion;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The page of a running fleet in Chromium, used like a user does. Screenshots are in {@code target/screenshots}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusPageBrowserTest {
    @TempDir
    static Path profile;

    private StatusFleet fleet;
    private Browser browser;

    @BeforeAll
    void start() throws Exception {
        fleet = StatusFleet.start(ClusterSettings.of(ContainerMix.MIXED, 3), List.of("node-4 (stock)"));
        probe(TlsVersion.TLS_1_2, 20);
        fleet.cluster().rotate();
        fleet.cluster().awaitKeys();
        probe(TlsVersion.TLS_1_3, 20);
        browser = Browser.start(profile.resolve("chromium"));
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        fleet.close();
    }

    @BeforeEach
    void open() throws Exception {
        browser.look(1600, "light");
        browser.open(fleet.url());
        browser.await("the first data are there", () -> browser.text("#updated").startsWith("As of"));
    }

    @AfterEach
    void nothingWentWrongUnseen() {
        assertThat(browser.console()).as("console").isEmpty();
        assertThat(browser.requested())
                .allMatch(url -> url.startsWith(fleet.url().toString()));
    }

    @Test
    void page_whileClientsConnect_countsThem() throws Exception {
        // There are earlier connections: the nodes' self-tests, and those of the cluster.
        int resumed = sinceStart("Resumed: active key");
        int full = sinceStart("Full: no ticket offered");
        probe(TlsVersion.TLS_1_3, 12);

        browser.await(
                "new handshakes are counted",
                () -> row("Resumed: active key").equals("11 | " + (resumed + 11))
                        && row("Full: no ticket offered").equals("1 | " + (full + 1)));
        List<String> rates = browser.rows("#rate-table tbody tr");
        assertThat(rates)
                .hasSize(3)
                .filteredOn(row -> row.contains(") | 75.0 % | 75.0 % | "))
                .hasSize(1);
        assertThat(rates)
                .filteredOn(row -> row.contains(") | 100.0 % | 100 % | "))
                .hasSize(2);
    }

    @Test
    void page_ofAMixedFleet_saysHowEachNodeIs() throws Exception {
        assertThat(browser.texts("#summary p"))
                .containsExactly(
                        "3 of 4 nodes share tickets. All 3 rings are the same.", "node-4 (stock): without Gangway.");
        assertThat(browser.texts("#nodes h3"))
                .containsExactly("node-1 (jetty)", "node-2 (tomcat)", "node-3 (jetty)", "node-4 (stock)");
        assertThat(browser.texts("#nodes .card > header .chip"))
                .containsExactly("shares tickets", "shares tickets", "shares tickets", "without Gangway");
        assertThat(browser.texts("#rings-table td:last-child"))
                .containsExactly("same ring", "same ring", "same ring", "without Gangway");
        assertThat(browser.texts("#keys-table tbody td:nth-child(3)"))
                .as("roles on each node")
                .containsExactlyInAnyOrderElementsOf(List.of(
                        "active", "active", "active", "next", "next", "next", "previous", "previous", "previous"));
        assertThat(browser.texts("#connection-rows tr")).hasSizeBetween(40, RecentConnections.KEPT);
    }

    @Test
    void ladders_byDefault_areTheNewestResumptionAndAFullHandshake() throws Exception {
        browser.await("both ladders are drawn", () -> browser.texts(".ladder").size() == 2);

        assertThat(browser.texts(".ladder h3 .kind")).containsExactly("full handshake", "resumption");
        assertThat(browser.text(".ladder[data-kind=resumed]"))
                .contains("Client to ", "ClientHello", "pre_shared_key: ticket of ", "pre_shared_key: selects PSK 0");
        assertThat(browser.text(".ladder[data-kind=full]"))
                .contains("to client: ServerHello")
                .doesNotContain("selects PSK");
    }

    @Test
    void keyboard_alone_reachesEverythingAndChoosesAConnection() throws Exception {
        browser.press(Keys.TAB, Keys.ENTER);
        assertThat(browser.script("return document.activeElement.id")).isEqualTo("content");

        browser.tabTo("summary");
        browser.press(Keys.ENTER);
        assertThat(browser.element("#rate-table table").isDisplayed()).isTrue();
        browser.tabTo("#outcomes-node");
        browser.press(Keys.ARROW_DOWN);
        browser.tabTo("#keys-span");
        browser.press(Keys.ARROW_DOWN);
        browser.tabTo("input[name=connection]");
        browser.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN);
        String chosen = String.valueOf(browser.script("return document.activeElement.value"));

        browser.await(
                "its ladder is drawn",
                () -> browser.text(".ladder:has(h3 .chip:not(.kind)) h3").startsWith("Connection " + chosen));
        assertThat(browser.text("#chosen")).startsWith("Connection " + chosen + ", ");
        assertThat(browser.script("return getComputedStyle(document.activeElement).outlineStyle"))
                .as("visible focus")
                .isEqualTo("solid");
        probe(TlsVersion.TLS_1_3, 2);
        browser.await(
                "new connections come",
                () -> !browser.text("#connection-rows tr").startsWith(chosen));
        assertThat(browser.script("return document.activeElement.value"))
                .as("focus stays")
                .isEqualTo(chosen);
    }

    @Test
    void pause_pressedTwice_readsAgain() throws Exception {
        browser.tabTo("#pause");
        browser.press(Keys.SPACE);
        String before = browser.text("#updated");
        probe(TlsVersion.TLS_1_3, 2);
        int requests = browser.requested().size();

        assertThat(browser.element("#pause").getDomAttribute("aria-pressed")).isEqualTo("true");
        browser.press(Keys.SPACE);
        browser.await(
                "it reads again",
                () -> browser.requested().size() > requests
                        && !browser.text("#updated").equals(before));
    }

    @ParameterizedTest
    @CsvSource({"light, 1600, true", "dark, 1600, false", "light, 400, false", "dark, 400, true"})
    void look_inEachSchemeAndWidth_isAccessibleAndFits(String scheme, int width, boolean audit) throws Exception {
        browser.look(width, scheme);
        probe(TlsVersion.TLS_1_2, 10);
        browser.await(
                "charts and ladders are drawn",
                () -> browser.texts(".ladder").size() == 2
                        && !row("Resumed: active key").startsWith("0 | "));
        browser.script("document.querySelectorAll('details').forEach(part => part.open = true)");

        if (audit) {
            assertThat(browser.accessibilityViolations()).isEmpty();
        }
        assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                .as("no sideways scrolling")
                .isEqualTo(true);
        browser.script("document.querySelectorAll('details').forEach(part => part.open = false)");
        browser.screenshot(scheme + "-" + width);
    }

    private void probe(TlsVersion tls, int connections) {
        fleet.probe(tls, connections);
    }

    private int sinceStart(String outcome) {
        String[] counts = row(outcome).split(" \\| ", -1);
        return Integer.parseInt(counts[1].replace(",", ""));
    }

    /** The numbers of the last five minutes, and since the start. */
    private String row(String outcome) {
        return browser.rows("#outcomes-table tr").stream()
                .filter(row -> row.startsWith(outcome + " | "))
                .map(row -> row.substring(outcome.length() + 3))
                .findFirst()
                .orElse("");
    }
}
