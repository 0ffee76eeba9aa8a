package dev.gangway.benchmarks.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is measured. All combinations would take days, so each dimension varies from one base case: RSA-2048, no client
 * certificates, 16 clients at once, the Java of this process.
 *
 * @param warmUpStep connections at a time, {@linkplain Load#warmUp until the JVMs have compiled} each point
 * @param warmUpSteps at most
 */
record Plan(List<Group> groups, int warmUpStep, int warmUpSteps, Duration round, int nodes, List<String> jvmFlags) {
    static final Listener BASE = new Listener(ServerCertificate.RSA_2048, false);
    static final Listener RSA_3072 = new Listener(ServerCertificate.RSA_3072, false);
    static final Listener P_256 = new Listener(ServerCertificate.P_256, false);
    static final Listener CLIENT_CERTIFICATES = new Listener(ServerCertificate.RSA_2048, true);
    static final int FEW = 16;
    static final int MANY = 256;
    /** The first Java on which Tomcat's OpenSSL runs and that has long-term support. */
    static final int NEW_JAVA = 25;

    /** Of a {@link #comparison}. */
    static final int ROUNDS_PER_START = 8;

    private static final int STARTS = 3;
    private static final int NODES = 3;
    private static final int WARM_UP_STEP = 2_000;
    private static final int WARM_UP_STEPS = 20;
    private static final List<String> STARTS_FASTER = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** Fleets that run at the same time, so that their rounds can alternate. */
    record Group(String name, List<Server> servers, List<Listener> listeners, List<Series> series) {}

    /** Points that are measured in turn; a point may also be in a later series, for more rounds. */
    record Series(int rounds, List<Point> points) {}

    /** @param names of the servers to measure; empty for all */
    static Plan of(boolean quick, Set<String> names) {
        Predicate<Server> wanted = server -> names.isEmpty() || names.contains(server.name());
        int java = Runtime.version().feature();
        List<Server> main = main(java).stream().filter(wanted).toList();
        if (quick) {
            List<Point> points = points(main, BASE, FEW, List.of("TLSv1.2", "TLSv1.3"));
            Group group = new Group("contenders", main, List.of(BASE), List.of(new Series(1, points)));
            return new Plan(List.of(group), 32, 1, Duration.ofMillis(200), 2, STARTS_FASTER);
        }
        List<Server> versions = versions(java).stream().filter(wanted).toList();
        List<Point> base = points(main, BASE, FEW, PROTOCOLS);
        List<Point> all = Stream.concat(base.stream(), axes(main).stream()).toList();
        return new Plan(
                List.of(
                        new Group(
                                "contenders",
                                main,
                                List.of(BASE, RSA_3072, P_256, CLIENT_CERTIFICATES),
                                // The base case is measured in every round, so that the other points can be compared
                                // with it.
                                List.of(new Series(3, all), new Series(2, base))),
                        new Group(
                                "Java versions",
                                versions,
                                List.of(BASE, P_256),
                                List.of(new Series(3, versionPoints(versions))))),
                WARM_UP_STEP,
                WARM_UP_STEPS,
                Duration.ofMillis(1500),
                NODES,
                Programs.COMPILES_SOONER);
    }

    /** Settings of a server, each beside the default. */
    static Plan settings(boolean quick, Set<String> names) {
        int java = Runtime.version().feature();
        int newJava = Math.max(java, NEW_JAVA);
        List<Server> servers = new ArrayList<>();
        add(
                servers,
                Server.tomcat("jdk", java),
                Setting.SERIAL_GC,
                Setting.PARALLEL_GC,
                Setting.NO_X25519,
                Setting.AES_128);
        add(servers, Server.tomcat("jdk", newJava), Setting.NO_X25519);
        add(servers, Server.tomcat("conscrypt", java), Setting.DIRECT_BUFFERS);
        add(servers, Server.jetty("conscrypt", java), Setting.DIRECT_BUFFERS);
        add(servers, Server.tomcat("openssl", newJava), Setting.AES_128);
        List<Server> wanted = wanted(servers, names);
        List<Point> points = points(wanted, BASE, FEW, PROTOCOLS).stream()
                .filter(point -> point.visit() == Visit.FIRST || isResumed(point))
                .toList();
        List<Point> resumed = points.stream().filter(Plan::isResumed).toList();
        // Small differences between resumed connections need more rounds.
        List<Series> series =
                quick ? List.of(new Series(1, points)) : List.of(new Series(3, points), new Series(7, resumed));
        Group group = new Group("settings", wanted, List.of(BASE), series);
        if (quick) {
            return new Plan(List.of(group), 32, 1, Duration.ofMillis(200), 2, STARTS_FASTER);
        }
        return new Plan(
                List.of(group), WARM_UP_STEP, WARM_UP_STEPS, Duration.ofMillis(1500), 2, Programs.COMPILES_SOONER);
    }

    /**
     * Resumed connections to servers with Gangway, beside those without; all on the same node, the only one on which the
     * latter resume. JVMs of the same program differ by as much as these do, so each group starts them anew.
     */
    static Plan comparison(boolean quick, Set<String> names) {
        int java = Runtime.version().feature();
        int newJava = Math.max(java, NEW_JAVA);
        List<Server> servers = wanted(
                List.of(
                        Server.jetty(FleetNode.STOCK, java),
                        Server.jetty("jdk", java),
                        Server.tomcat(FleetNode.STOCK, java),
                        Server.tomcat("jdk", java),
                        Server.tomcat(FleetNode.STOCK_OPENSSL, newJava),
                        Server.tomcat("openssl", newJava)),
                names);
        List<Point> points = PROTOCOLS.stream()
                .flatMap(protocol ->
                        servers.stream().map(server -> new Point(server, BASE, protocol, Visit.SAME_NODE, FEW)))
                .toList();
        int starts = quick ? 1 : STARTS;
        List<Group> groups = IntStream.rangeClosed(1, starts)
                .mapToObj(start -> new Group(
                        "start " + start, servers, List.of(BASE), List.of(new Series(ROUNDS_PER_START, points))))
                .toList();
        return quick
                ? new Plan(groups, 32, 1, Duration.ofMillis(200), 2, STARTS_FASTER)
                : new Plan(groups, WARM_UP_STEP, WARM_UP_STEPS, Duration.ofMillis(1500), 2, Programs.COMPILES_SOONER);
    }

    private static List<Server> wanted(List<Server> servers, Set<String> names) {
        return servers.stream()
                .filter(server -> names.isEmpty() || names.contains(server.name()))
                .toList();
    }

    private static boolean isResumed(Point point) {
        return point.visit() == point.server().resumes();
    }

    private static void add(List<Server> servers, Server server, Setting... settings) {
        servers.add(server);
        for (Setting setting : settings) {
            servers.add(server.with(setting));
        }
    }

    private static final List<String> PROTOCOLS = List.of("TLSv1.2", "TLSv1.3");

    private static List<Server> main(int java) {
        return List.of(
                Server.jetty(FleetNode.STOCK, java),
                Server.jetty("jdk", java),
                Server.jetty("conscrypt", java),
                Server.tomcat(FleetNode.STOCK, java),
                Server.tomcat(FleetNode.CACHE, java),
                Server.tomcat("jdk", java),
                Server.tomcat("conscrypt", java),
                Server.tomcat("openssl", Math.max(java, NEW_JAVA)),
                Server.nginx(),
                Server.haproxy());
    }

    private static List<Server> versions(int java) {
        List<Server> servers = new ArrayList<>();
        for (int other : List.of(21, NEW_JAVA)) {
            if (other != java) {
                servers.add(Server.tomcat(FleetNode.STOCK, other));
                servers.add(Server.tomcat("jdk", other));
                servers.add(Server.tomcat("conscrypt", other));
            }
        }
        return servers;
    }

    private static List<Point> points(List<Server> servers, Listener listener, int atOnce, List<String> protocols) {
        List<Point> points = new ArrayList<>();
        for (String protocol : protocols) {
            for (Server server : servers) {
                server.visits().forEach(visit -> points.add(new Point(server, listener, protocol, visit, atOnce)));
            }
        }
        return points;
    }

    private static List<Point> axes(List<Server> servers) {
        List<Server> compared = servers.stream()
                .filter(server -> (server.kind() == Server.Kind.TOMCAT && !server.isCache())
                        || server.kind() == Server.Kind.NGINX)
                .toList();
        List<Point> points = new ArrayList<>();
        points.addAll(points(compared, P_256, FEW, PROTOCOLS));
        points.addAll(points(compared, RSA_3072, FEW, PROTOCOLS).stream()
                .filter(point -> point.visit() == Visit.FIRST)
                .toList());
        points.addAll(points(compared, CLIENT_CERTIFICATES, FEW, PROTOCOLS).stream()
                .filter(point -> !point.server().isStock() || point.visit() != Visit.OTHER_NODE)
                .toList());
        points.addAll(points(servers, BASE, MANY, List.of("TLSv1.3")).stream()
                .filter(point -> point.visit() == Visit.OTHER_NODE)
                .toList());
        return points;
    }

    private static List<Point> versionPoints(List<Server> servers) {
        List<Point> points = new ArrayList<>(points(servers, BASE, FEW, PROTOCOLS));
        points.addAll(points(servers, P_256, FEW, PROTOCOLS).stream()
                .filter(point -> point.server().java() == NEW_JAVA)
                .toList());
        return points.stream()
                .filter(point -> !point.server().isStock() || point.visit() != Visit.OTHER_NODE)
                .toList();
    }
}
