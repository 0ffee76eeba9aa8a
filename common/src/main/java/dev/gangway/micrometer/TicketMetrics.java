package dev.gangway.micrometer;

import dev.gangway.TicketKeysMXBean;
import dev.gangway.internal.jmx.TicketKeysView;
import dev.gangway.internal.outcome.HandshakeRecorder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The ticket keys and handshake counts of one server, as meters whose names begin with {@code gangway.ssl.}.
 *
 * <p>Holds the server weakly. After the server has been collected, its gauges are NaN and its counters keep their last
 * values until {@link #close} removes them. A server that is started again counts from zero and needs a new instance;
 * close the old one first.
 */
public final class TicketMetrics implements MeterBinder, AutoCloseable {
    private final WeakReference<HandshakeRecorder> handshakes;
    private final Tags tags;
    private final List<ServerMeters> bound = new CopyOnWriteArrayList<>();

    /**
     * @param ticketKeys from a running server: its Jetty factory, its Tomcat listener or its {@link
     *     dev.gangway.TicketResumption}
     * @param name distinguishes the server from others in the same registry; the value of the tag {@code name} of all
     *     its meters
     * @throws IllegalArgumentException if {@code ticketKeys} does not belong to a server in this process
     */
    public TicketMetrics(TicketKeysMXBean ticketKeys, String name) {
        this(ticketKeys, name, Tags.empty());
    }

    /**
     * @param ticketKeys as for {@link #TicketMetrics(TicketKeysMXBean, String)}
     * @param name as for {@link #TicketMetrics(TicketKeysMXBean, String)}
     * @param tags additional tags for all meters
     * @throws IllegalArgumentException if {@code ticketKeys} does not belong to a server in this process
     */
    public TicketMetrics(TicketKeysMXBean ticketKeys, String name, Iterable<Tag> tags) {
        if (!(ticketKeys instanceof TicketKeysView view)) {
            throw new IllegalArgumentException(
                    "ticketKeys is a " + ticketKeys.getClass().getName()
                            + ": pass the ticketKeys() of a server in this process, not a proxy from a JMX connection");
        }
        this.handshakes = new WeakReference<>(view.handshakes());
        this.tags = Tags.of(tags).and("name", name);
    }

    /** Does nothing if the server has been collected. */
    @Override
    public void bindTo(MeterRegistry registry) {
        HandshakeRecorder present = handshakes.get();
        if (present != null) {
            ServerMeters meters = new ServerMeters(registry, tags, present);
            bound.add(meters);
            present.addListener(meters);
        }
    }

    /** Removes all meters from their registries. */
    @Override
    public void close() {
        HandshakeRecorder present = handshakes.get();
        for (ServerMeters meters : bound) {
            if (present != null) {
                present.removeListener(meters);
            }
            meters.remove();
        }
        bound.clear();
    }
}
