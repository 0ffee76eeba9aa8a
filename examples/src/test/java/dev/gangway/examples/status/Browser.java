package dev.gangway.examples.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.gangway.testing.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Headless Chromium, from Debian's packages, with one page. */
final class Browser implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final ChromeDriver driver;
    private final List<String> requested = new ArrayList<>();

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** @param profile an empty directory */
    static Browser start(Path profile) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(installed("chromium").toString());
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--lang=en",
                "--user-data-dir=" + profile.toAbsolutePath());
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(installed("chromedriver").toFile())
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        // Discards the messages of Chromium's start, which do not concern the page.
        driver.get("about:blank");
        driver.manage().logs().get(LogType.PERFORMANCE);
        return new Browser(driver);
    }

    /** Emulates a device of this width with this colour scheme. */
    void look(int width, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void open(URI page) {
        driver.get(page.toString());
    }

    /** Waits until {@code condition} holds, which {@code what} describes. */
    void await(String what, BooleanSupplier condition) throws InterruptedException {
        if (!Await.comesTrue(condition::getAsBoolean)) {
            throw new AssertionError("not so: " + what + "; the page says:\n" + text("body"));
        }
    }

    /** The text of the first element, visible or not; empty if there is none. */
    String text(String selector) {
        return String.valueOf(script(
                "return (document.querySelector(arguments[0])?.textContent ?? '').replace(/\\s+/g, ' ').trim()",
                selector));
    }

    /** The texts of all elements, visible or not. */
    @SuppressWarnings("unchecked")
    List<String> texts(String selector) {
        return (List<String>) script(
                "return [...document.querySelectorAll(arguments[0])]"
                        + ".map(e => e.textContent.replace(/\\s+/g, ' ').trim())",
                selector);
    }

    /** The rows of a table, with a bar between the cells. */
    @SuppressWarnings("unchecked")
    List<String> rows(String selector) {
        return (List<String>) script(
                "return [...document.querySelectorAll(arguments[0])].map(row =>"
                        + " [...row.cells].map(cell => cell.textContent.trim()).join(' | '))",
                selector);
    }

    Object script(String code, Object... arguments) {
        return driver.executeScript(code, arguments);
    }

    /** The result of {@code code}, which may await promises and import the page's modules. */
    Object promise(String code) {
        return driver.executeAsyncScript("const done = arguments[arguments.length - 1];" + "(async () => {" + code
                + "})().then(done, failure => done(String(failure)))");
    }

    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Presses Tab until an element that matches {@code selector} has the focus. */
    void tabTo(String selector) {
        for (int i = 0; i < 100; i++) {
            if (Boolean.TRUE.equals(script("return document.activeElement.matches(arguments[0])", selector))) {
                return;
            }
            press(Keys.TAB);
        }
        throw new AssertionError("the Tab key does not lead to " + selector);
    }

    WebElement element(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** Saves a screenshot of the whole page in {@code target/screenshots}. */
    void screenshot(String name) throws IOException {
        Object image = driver.executeCdpCommand(
                        "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
                .get("data");
        Files.write(SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode(String.valueOf(image)));
    }

    /** The violations that axe-core finds with its default rules. */
    @SuppressWarnings("unchecked")
    List<String> accessibilityViolations() {
        script(resource("/axe.min.js"));
        return (List<String>) promise("const found = await axe.run(); return found.violations.flatMap("
                + "rule => rule.nodes.map(node => rule.id + ': ' + node.html + ' ' + node.failureSummary))");
    }

    /** All messages that the page has written to the console. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(String::valueOf)
                .toList();
    }

    /** The address of every request the page has made so far. */
    List<String> requested() {
        driver.manage().logs().get(LogType.PERFORMANCE).getAll().forEach(entry -> note(entry.getMessage()));
        assertThat(requested).isNotEmpty();
        return List.copyOf(requested);
    }

    @Override
    public void close() {
        driver.quit();
    }

    @SuppressWarnings("unchecked")
    private void note(String event) {
        try {
            Map<String, Object> message =
                    (Map<String, Object>) JSON.std.mapFrom(event).get("message");
            if ("Network.requestWillBeSent".equals(message.get("method"))) {
                Map<String, Object> parameters = (Map<String, Object>) message.get("params");
                requested.add(String.valueOf(((Map<String, Object>) parameters.get("request")).get("url")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Named explicitly, so that Selenium neither searches for nor downloads a browser.
    private static Path installed(String program) {
        Path path = Path.of("/usr/bin", program);
        assertThat(path).as("run .ci/install-clients first").isExecutable();
        return path;
    }

    private static String resource(String name) {
        try (InputStream file = Browser.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
