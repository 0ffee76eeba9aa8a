package dev.gangway.examples.probe;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Clients that connect again and again, and count how often their tickets were taken. */
public final class Probe {
    private static final Logger LOG = System.getLogger("dev.gangway.examples");

    private final ProbeSettings settings;
    private final IntConsumer afterEach;
    private final AtomicInteger done = new AtomicInteger();
    private final ConcurrentLinkedQueue<Attempt> succeeded = new ConcurrentLinkedQueue<>();

    private Probe(ProbeSettings settings, IntConsumer afterEach) {
        this.settings = settings;
        this.afterEach = afterEach;
    }

    /** Makes all connections and returns what became of them. A connection that fails ends nothing but itself. */
    public static ProbeResult run(ProbeSettings settings) {
        return run(settings, done -> {});
    }

    /**
     * As {@link #run(ProbeSettings)}.
     *
     * @param afterEach is told after each connection how many there have been, by the client's thread, which waits for it
     */
    public static ProbeResult run(ProbeSettings settings, IntConsumer afterEach) {
        return new Probe(settings, afterEach).run();
    }

    private ProbeResult run() {
        ExecutorService threads = Executors.newFixedThreadPool(settings.clients());
        try {
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < settings.clients(); i++) {
                clients.add(CompletableFuture.runAsync(this::runClient, threads));
            }
            clients.forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }
        return ProbeResult.of(settings.connections() * settings.clients(), succeeded);
    }

    private void runClient() {
        TicketClient client = new TicketClient(settings);
        for (int i = 0; i < settings.connections(); i++) {
            try {
                succeeded.add(client.connect());
            } catch (IOException e) {
                LOG.log(Level.WARNING, "Connection {0} failed: {1}", i, e);
            }
            afterEach.accept(done.incrementAndGet());
        }
    }
}
