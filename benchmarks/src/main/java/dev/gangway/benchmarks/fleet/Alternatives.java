package dev.gangway.benchmarks.fleet;

import dev.gangway.benchmarks.fleet.Results.Spread;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a connection of a client that has been there before costs a fleet of three, by the way in which it is built. */
final class Alternatives {
    private static final int NODES = 3;
    private static final double[] MOVED = {0, 0.1, 0.3};

    private final Results results;
    private final Markdown table =
            new Markdown("fleet", "protocol", "server CPU per returning connection", "how known");

    Alternatives(Results results) {
        this.results = results;
    }

    String table() {
        for (String protocol : FleetTables.PROTOCOLS) {
            for (Server.Kind kind : List.of(Server.Kind.JETTY, Server.Kind.TOMCAT)) {
                servers(kind).forEach(server -> rows(server, protocol));
            }
        }
        return table.toString();
    }

    private void rows(Server server, String protocol) {
        if (server.isStock()) {
            anyNode(server, protocol);
            sticky(server, protocol);
        } else if (server.isCache()) {
            sharedCache(server, protocol);
        } else {
            micros(server, protocol, Visit.OTHER_NODE)
                    .ifPresent(
                            micros -> row(server.name() + ", shared tickets, any node", protocol, micros, "measured"));
        }
    }

    private void anyNode(Server stock, String protocol) {
        mixed(stock, protocol, 1)
                .ifPresent(micros -> row(
                        stock.name() + ", any node at random",
                        protocol,
                        micros,
                        "computed: one in three meets its old node"));
    }

    private void sticky(Server stock, String protocol) {
        for (double moved : MOVED) {
            mixed(stock, protocol, moved)
                    .ifPresent(micros -> row(
                            stock.name() + ", sticky balancer, " + Markdown.number(100 * moved, 0)
                                    + " % with a new address",
                            protocol,
                            micros,
                            moved == 0 ? "measured" : "computed: these are sent to any of the three nodes"));
        }
    }

    /** If this share of the clients meets a node at random, and the others meet their old node. */
    private Optional<Double> mixed(Server stock, String protocol, double random) {
        Optional<Double> full = micros(stock, protocol, Visit.FIRST);
        Optional<Double> own = micros(stock, protocol, Visit.SAME_NODE);
        return full.flatMap(f -> own.map(o -> o + random * (f - o) * (NODES - 1) / NODES));
    }

    // In TLS 1.3 each connection gets a new session, which has to be stored.
    private void sharedCache(Server cache, String protocol) {
        Optional<Double> own = micros(cache, protocol, Visit.SAME_NODE);
        Optional<Double> get = results.redis(RedisTrip.GET).map(Spread::median);
        Optional<Double> set = results.redis(RedisTrip.SET).map(Spread::median);
        if (own.isPresent() && get.isPresent() && set.isPresent()) {
            boolean storesAgain = protocol.equals("TLSv1.3");
            row(
                    "tomcat, sessions in Redis, any node",
                    protocol,
                    own.get() + get.get() + (storesAgain ? set.get() : 0),
                    "model: resumption from its own cache, and a Redis GET" + (storesAgain ? " and SET" : ""));
        }
    }

    private void row(String fleet, String protocol, double micros, String how) {
        table.row(List.of(fleet, protocol, Markdown.number(micros, 0), how));
    }

    private Stream<Server> servers(Server.Kind kind) {
        return results.rounds().keySet().stream()
                .filter(point -> point.listener().equals(Plan.BASE) && point.atOnce() == Plan.FEW)
                .map(Point::server)
                .filter(server -> server.kind() == kind)
                .filter(server -> server.java() == Runtime.version().feature()
                        || server.engine().equals("openssl"))
                .distinct();
    }

    private Optional<Double> micros(Server server, String protocol, Visit visit) {
        return results.spread(new Point(server, Plan.BASE, protocol, visit, Plan.FEW), Measurement::serverMicros)
                .map(Spread::median);
    }
}
