package dev.gangway.examples.demo;

import dev.gangway.examples.cluster.Cluster;
import dev.gangway.examples.ladder.Ladder;
import dev.gangway.examples.ladder.RecordLog;
import dev.gangway.examples.relay.RelayListener;
import dev.gangway.examples.relay.RelayedConnection;
import dev.gangway.internal.probe.Probe;
import dev.gangway.internal.probe.ProbeResult;
import dev.gangway.internal.probe.ProbeSettings;
import dev.gangway.internal.probe.TlsVersion;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A full handshake and a resumption, drawn from the bytes that a fleet's balancer has forwarded. */
final class Flows implements RelayListener {
    private static final int CLOSE_SECONDS = 60;
    private static final String TICKET_IS_ENCRYPTED =
            "            The ticket is in one of the encrypted records: the client shows it in (2).\n";

    private final BlockingQueue<RelayedConnection> closed = new LinkedBlockingQueue<>();
    private final AtomicLong newest = new AtomicLong(-1);

    @Override
    public void opened(RelayedConnection connection) {
        newest.accumulateAndGet(connection.id(), Math::max);
    }

    @Override
    public void closed(RelayedConnection connection) {
        closed.add(connection);
    }

    /**
     * Connects a new client twice, to two different nodes.
     *
     * @param cluster a fleet whose balancer has this listener, and no other client at the time
     */
    String draw(Cluster cluster, TlsVersion tls) throws IOException, InterruptedException {
        long before = newest.get();
        ProbeResult result = Probe.run(ProbeSettings.of(cluster.port(), tls, 2));
        if (result.failed() > 0) {
            throw new IOException(result.failed() + " of 2 connections failed: "
                    + result.failure().orElse(""));
        }
        // In any order, and together with earlier connections that the balancer closes only now.
        Map<Long, RelayedConnection> both = new TreeMap<>();
        while (both.size() < 2) {
            RelayedConnection connection = next();
            if (connection.id() > before) {
                both.put(connection.id(), connection);
            }
        }
        Iterator<RelayedConnection> inOrder = both.values().iterator();
        return draw("(1) Full handshake: the server issues a ticket", cluster, inOrder.next(), false)
                + (tls == TlsVersion.TLS_1_3 ? TICKET_IS_ENCRYPTED : "")
                + "\n"
                + draw("(2) Resumption from that ticket on another node", cluster, inOrder.next(), true);
    }

    private static String draw(String flow, Cluster cluster, RelayedConnection connection, boolean resumed)
            throws IOException {
        RecordLog log = RecordLog.read(connection.chunks());
        if (!log.handshake().resumed().equals(Optional.of(resumed))) {
            throw new IOException("not what the flow should be: " + flow + ", " + log.protocol());
        }
        return Ladder.draw(flow + ", " + log.protocol(), "balancer -> " + cluster.nodeName(connection.upstream()), log);
    }

    private RelayedConnection next() throws IOException, InterruptedException {
        RelayedConnection connection = closed.poll(CLOSE_SECONDS, TimeUnit.SECONDS);
        if (connection == null) {
            throw new IOException("no connection was closed within " + CLOSE_SECONDS + " s");
        }
        return connection;
    }
}
