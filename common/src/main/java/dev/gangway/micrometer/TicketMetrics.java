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
 * The ticket keys of one server and what becomes of its handshakes, as meters whose names begin with {@code gangway.ssl.}.
 *
 * <p>Keeps no server alive: when one has gone, its gauges are NaN and its counters stay where they are, until {@link #close}
 * takes them out. A server that is started again counts from zero and needs a new instance; close the old one before.
 */
public final class TicketMetrics implements MeterBinder, AutoCloseable {
    private final WeakReference<HandshakeRecorder> handshakes;
    private final Tags tags;
    private final List<ServerMeters> bound = new CopyOnWriteArrayList<>();

    /**
     * @param ticketKeys of a running server, as its Jetty factory, its Tomcat listener or {@link
     *     dev.gangway.TicketResumption} gives them
     * @param name tells the server from others in the same registry, as the tag {@code name} of all its meters
     */
    public TicketMetrics(TicketKeysMXBean ticketKeys, String name) {
        this(ticketKeys, name, Tags.empty());
    }

    /**
     * @param ticketKeys as for {@link #TicketMetrics(TicketKeysMXBean, String)}
     * @param name as there
     * @param tags more tags for all meters
     */
    public TicketMetrics(TicketKeysMXBean ticketKeys, String name, Iterable<Tag> tags) {
        if (!(ticketKeys instanceof TicketKeysView view)) {
            throw new IllegalArgumentException(
                    "ticketKeys is a " + ticketKeys.getClass().getName()
                            + ": give those of a server in this process, not those that a JMX connection shows");
        }
        this.handshakes = new WeakReference<>(view.handshakes());
        this.tags = Tags.of(tags).and("name", name);
    }

    /** Does nothing if the server has gone. */
    @Override
    public void bindTo(MeterRegistry registry) {
        HandshakeRecorder present = handshakes.get();
        if (present != null) {
            ServerMeters meters = new ServerMeters(registry, tags, present);
            bound.add(meters);
            present.addListener(meters);
        }
    }

    /** Takes all meters out of the registries they are in. */
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
