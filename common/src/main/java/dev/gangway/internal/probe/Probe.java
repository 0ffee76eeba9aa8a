package dev.gangway.internal.probe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** A client that keeps its tickets and connects to one address again and again. */
public final class Probe {
    private Probe() {}

    /** Must be called before this process uses TLS, so that the lifetimes of tickets in TLS 1.3 are known. */
    public static void prepare() {
        TicketLifetimes.prepare();
    }

    /** Makes all connections. One that fails does not end the others. */
    public static ProbeResult run(ProbeSettings settings) {
        return run(settings, done -> {});
    }

    /**
     * As {@link #run(ProbeSettings)}.
     *
     * @param afterEach is told after each connection how many there have been, and the client waits for it
     */
    public static ProbeResult run(ProbeSettings settings, IntConsumer afterEach) {
        ProbeClient client = new ProbeClient(settings.client(), settings.tls());
        List<Connection> completed = new ArrayList<>();
        Optional<String> failure = Optional.empty();
        for (int i = 1; i <= settings.connections(); i++) {
            try {
                // The JDK tells the lifetime of a ticket only in a log that makes a handshake slow.
                completed.add(
                        completed.isEmpty()
                                ? client.connectAndListen(settings.target())
                                : client.connect(settings.target()));
            } catch (IOException e) {
                failure = failure.or(() -> Optional.of(Failures.describe(e)));
            }
            afterEach.accept(i);
        }
        return ProbeResult.of(settings.connections(), completed, failure);
    }
}
