package dev.gangway.internal.probe;

import java.io.IOException;
import java.util.function.IntConsumer;

/** A client that keeps its tickets and connects to one address again and again. */
public final class Probe {
    private static final int ATTEMPTS = 3;

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
        return run(settings, settings.connections(), afterEach);
    }

    /** As {@link #run(ProbeSettings)}, but ends early if there is nobody: each connection may last until its limit. */
    static ProbeResult runIfReached(ProbeSettings settings) {
        return run(settings, ATTEMPTS, done -> {});
    }

    private static ProbeResult run(ProbeSettings settings, int attempts, IntConsumer afterEach) {
        ProbeClient client = new ProbeClient(settings.client(), settings.tls());
        Tally tally = new Tally();
        for (int i = 1; i <= settings.connections() && (i <= attempts || tally.completed() > 0); i++) {
            try {
                // The JDK tells the lifetime of a ticket only in a log that makes a handshake slow.
                tally.add(
                        tally.completed() == 0
                                ? client.connectAndListen(settings.target())
                                : client.connect(settings.target()));
            } catch (IOException e) {
                tally.add(e);
            }
            afterEach.accept(i);
        }
        return tally.result();
    }
}
