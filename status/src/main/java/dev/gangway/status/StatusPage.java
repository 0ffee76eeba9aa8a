package dev.gangway.status;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The files of the page and the data they show, for whatever serves them. */
public final class StatusPage {
    /**
     * What every answer is to carry. The page needs nothing but itself: no other host, no inline script or style, no frame
     * around it.
     */
    public static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    private static final String DATA = "/status.json";

    // All there is: a path that a client sends is looked up here, and is never a part of a file's name.
    private static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("/", "index.html"),
            Map.entry("/page.css", "page.css"),
            Map.entry("/ladder.css", "ladder.css"),
            Map.entry("/icon.svg", "icon.svg"),
            Map.entry("/main.js", "main.js"),
            Map.entry("/address.js", "address.js"),
            Map.entry("/history.js", "history.js"),
            Map.entry("/outcomes.js", "outcomes.js"),
            Map.entry("/rings.js", "rings.js"),
            Map.entry("/dom.js", "dom.js"),
            Map.entry("/words.js", "words.js"),
            Map.entry("/charts.js", "charts.js"),
            Map.entry("/handshake-charts.js", "handshake-charts.js"),
            Map.entry("/key-charts.js", "key-charts.js"),
            Map.entry("/nodes.js", "nodes.js"),
            Map.entry("/connections.js", "connections.js"),
            Map.entry("/ladder.js", "ladder.js"),
            Map.entry("/lib/chart.umd.min.js", "lib/chart.umd.min.js"),
            Map.entry("/lib/chart.js-LICENSE.md", "lib/chart.js-LICENSE.md"));

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml",
            "md", "text/plain;charset=utf-8");

    private final Supplier<String> data;

    private StatusPage(Supplier<String> data) {
        this.data = data;
    }

    /** The page of the Gangway servers in this JVM. */
    public static StatusPage ofThisJvm() {
        TicketKeysBeans beans = new TicketKeysBeans(ManagementFactory.getPlatformMBeanServer());
        InstantSource clock = InstantSource.system();
        return showing(() -> StatusJson.withoutConnections(clock.instant(), beans.read()));
    }

    /** The same page with other data: a {@link StatusJson} document, asked for as often as a browser wants it. */
    public static StatusPage showing(Supplier<String> data) {
        return new StatusPage(data);
    }

    /** @param path of the request, from the page's own on, such as {@code /} or {@code /status.json} */
    public Optional<Part> part(String path) {
        if (path.equals(DATA)) {
            return Optional.of(Part.data(data.get()));
        }
        return Optional.ofNullable(FILES.get(path)).map(StatusPage::file);
    }

    private static Part file(String name) {
        try (InputStream file = StatusPage.class.getResourceAsStream("page/" + name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing from this jar");
            }
            // Small, and asked for once: not worth a cache that would outlive an upgrade.
            return new Part(TYPES.get(name.substring(name.lastIndexOf('.') + 1)), "no-cache", file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One answer. */
    public static final class Part {
        private final String contentType;
        private final String cacheControl;
        private final byte[] content;

        private Part(String contentType, String cacheControl, byte[] content) {
            this.contentType = contentType;
            this.cacheControl = cacheControl;
            this.content = content;
        }

        /** A JSON document that nobody is to keep. */
        public static Part data(String json) {
            return new Part("application/json;charset=utf-8", "no-store", json.getBytes(StandardCharsets.UTF_8));
        }

        public String contentType() {
            return contentType;
        }

        public String cacheControl() {
            return cacheControl;
        }

        public byte[] content() {
            return content.clone();
        }
    }
}
