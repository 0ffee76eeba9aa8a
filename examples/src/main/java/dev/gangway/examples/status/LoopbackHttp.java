package dev.gangway.examples.status;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gangway.status.StatusPage;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Serves a status page to browsers on this machine, without TLS. */
public final class LoopbackHttp implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.gangway.examples");
    private static final int THREADS = 4;
    // Otherwise a page of another site could use a host name that resolves to 127.0.0.1, and read this page.
    private static final Pattern THIS_MACHINE = Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?");

    private final HttpServer server;
    private final ExecutorService threads;
    private final Function<String, Optional<StatusPage.Part>> parts;

    private LoopbackHttp(
            HttpServer server, ExecutorService threads, Function<String, Optional<StatusPage.Part>> parts) {
        this.server = server;
        this.threads = threads;
        this.parts = parts;
    }

    /**
     * @param port on 127.0.0.1; 0 for any free port
     * @param parts returns the part of the page at a path, such as {@code /}
     * @throws IOException if the port is not free
     */
    public static LoopbackHttp start(int port, Function<String, Optional<StatusPage.Part>> parts) throws IOException {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new IOException("port " + port + " cannot be had for the status page: " + e.getMessage(), e);
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, LoopbackHttp::daemon);
        LoopbackHttp http = new LoopbackHttp(server, threads, parts);
        server.createContext("/", http::answer);
        server.setExecutor(threads);
        server.start();
        return http;
    }

    /** The address of the page, such as {@code http://127.0.0.1:8080/}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            StatusPage.HEADERS.forEach(exchange.getResponseHeaders()::set);
            String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
            String method = exchange.getRequestMethod();
            if (!THIS_MACHINE.matcher(host).matches()) {
                exchange.sendResponseHeaders(403, -1);
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
            } else {
                send(exchange, parts.apply(exchange.getRequestURI().getPath()));
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The status page has a fault", e);
            throw e;
        }
    }

    private static void send(HttpExchange exchange, Optional<StatusPage.Part> found) throws IOException {
        if (found.isEmpty()) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        StatusPage.Part part = found.get();
        byte[] content = part.content();
        exchange.getResponseHeaders().set("Content-Type", part.contentType());
        exchange.getResponseHeaders().set("Cache-Control", part.cacheControl());
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length));
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "status");
        thread.setDaemon(true);
        return thread;
    }
}
