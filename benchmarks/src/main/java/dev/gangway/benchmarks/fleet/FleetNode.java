package dev.gangway.benchmarks.fleet;

import dev.gangway.benchmarks.BenchCommand;
import dev.gangway.benchmarks.server.Kind;
import dev.gangway.benchmarks.server.MeasuredJetty;
import dev.gangway.benchmarks.server.MeasuredServer;
import dev.gangway.benchmarks.server.MeasuredTomcat;
import dev.gangway.examples.container.TlsContainer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import one.profiler.AsyncProfiler;

/**
 * The process of one Jetty or Tomcat node. Prints the ports of its listeners, and ends when its input ends. To the line
 * {@link #HEAP} it answers with the bytes that its heap holds after a collection; from {@link #RECORD} to {@link #DUMP}, a
 * blank and a file, it records {@linkplain ServerProfile what its threads do}, and
 * answers {@link #DONE} or the reason why it cannot.
 */
final class FleetNode {
    static final String READY = "READY ";
    static final String HEAP = "heap";
    static final String RECORD = "record";
    static final String DUMP = "dump";
    static final String DONE = "done";
    static final String STOCK = "stock";
    /** Stock, with Tomcat's OpenSSL. */
    static final String STOCK_OPENSSL = "stock-openssl";
    /** Stock, with a session cache instead of tickets. */
    static final String CACHE = "cache";

    private static final int CONTAINER = 0;
    private static final int ENGINE = 1;
    private static final int DIRECTORY = 2;
    private static final int LISTENERS = 3;

    private FleetNode() {}

    /** @param arguments jetty or tomcat, an engine, the directory of {@link FleetFiles}, and listeners */
    public static void main(String[] arguments) throws Exception {
        BenchCommand.configureLogging();
        FleetFiles files = new FleetFiles(Path.of(arguments[DIRECTORY]));
        List<Listener> listeners =
                Stream.of(arguments).skip(LISTENERS).map(Listener::parse).toList();
        List<TlsContainer> servers = new ArrayList<>();
        for (Listener listener : listeners) {
            servers.add(start(arguments[CONTAINER], arguments[ENGINE], files, listener));
        }
        System.out.println(READY
                + servers.stream().map(server -> String.valueOf(server.port())).collect(Collectors.joining(" ")));
        obey();
        // Nothing is left to say, and a shutdown in order would only take time.
        Runtime.getRuntime().halt(0);
    }

    private static TlsContainer start(String container, String engine, FleetFiles files, Listener listener)
            throws Exception {
        boolean stock = engine.startsWith(STOCK) || engine.equals(CACHE);
        String tls = engine.equals(STOCK_OPENSSL) ? "openssl" : "jdk";
        MeasuredServer settings = new MeasuredServer(
                stock ? Kind.STOCK : Kind.GANGWAY,
                stock ? tls : engine,
                "file:" + files.gangwayKeyFile(),
                files.keyStore(listener.certificate()),
                listener.clientCertificates() ? Optional.of(files.trustStore()) : Optional.empty(),
                Boolean.getBoolean(Setting.DIRECT_BUFFERS_PROPERTY),
                Boolean.getBoolean(Setting.AES_128_PROPERTY));
        return container.equals("jetty") ? MeasuredJetty.start(settings) : MeasuredTomcat.start(settings);
    }

    private static void obey() throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            if (order.equals(HEAP)) {
                System.gc();
                System.out.println(
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            } else if (order.equals(RECORD)) {
                System.out.println(profile(ServerProfile.START));
            } else if (order.startsWith(DUMP)) {
                System.out.println(profile(ServerProfile.STOP + order.substring(DUMP.length() + 1)));
            }
        }
    }

    private static String profile(String order) {
        try {
            AsyncProfiler.getInstance().execute(order);
            return DONE;
        } catch (IOException | RuntimeException | LinkageError e) {
            return String.valueOf(e).replace('\n', ' ');
        }
    }
}
