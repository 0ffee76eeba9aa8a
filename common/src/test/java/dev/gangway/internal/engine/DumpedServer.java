package dev.gangway.internal.engine;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.gangway.ClientAuth;
import dev.gangway.internal.context.Connector;
import dev.gangway.internal.context.TicketOnlySslContext;
import dev.gangway.internal.engine.conscrypt.ConscryptTicketEngine;
import dev.gangway.internal.engine.jdk.JdkTicketEngine;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.internal.source.KeysSetting;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.ManualClock;
import dev.gangway.testing.TicketClient;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * A server process for {@link HeapDumpTest}: it has only the keys of its key file, serves with the first key and then with
 * the second, shuts down, and dumps its heap at each stage.
 */
public final class DumpedServer {
    private final Path folder;
    private final HotSpotDiagnosticMXBean diagnostics =
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);

    private DumpedServer(Path folder) {
        this.folder = folder;
    }

    /** @param args engine, key file, the instant at which its first key seals, folder for the dumps */
    public static void main(String[] args) throws Exception {
        TicketEngine engine = args[0].equals("jdk") ? new JdkTicketEngine() : ConscryptTicketEngine.create();
        new DumpedServer(Path.of(args[3])).run(engine, Path.of(args[1]), Instant.parse(args[2]));
    }

    private void run(TicketEngine engine, Path keyFile, Instant start) throws Exception {
        ManualClock clock = new ManualClock(start);
        TicketPolicy policy = TicketPolicy.DEFAULT;
        TicketKeyManager manager = TicketKeyManager.open(KeysSetting.parse("file:" + keyFile, policy), policy, clock);
        SSLContext context = TicketOnlySslContext.create(
                engine, new HandshakeRecorder(manager), Connector.of("", ClientAuth.NONE), "TLS");
        context.init(Certificates.keyManagers(Certificates.server("localhost")), null, null);

        serve(context);
        dump("sealing", false);

        clock.set(manager.ring().active().orElseThrow().times().orElseThrow().destroyAt());
        manager.updateRing();
        serve(context);
        requireNothingCollected();
        dump("destroyed", false);
        dump("destroyed", true);

        serve(context);
        manager.close();
        serve(context);
        dump("closed", false);
        dump("closed", true);
    }

    private static void requireNothingCollected() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector.getCollectionCount() != 0) {
                throw new AssertionError(collector.getName() + " has run: give this process more memory");
            }
        }
    }

    private static void serve(SSLContext context) throws Exception {
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            TicketClient client = TicketClient.of(protocol);
            client.connect(context.createSSLEngine());
            if (!client.resumes(context.createSSLEngine())) {
                throw new AssertionError(protocol + " is not resumed");
            }
        }
    }

    private void dump(String stage, boolean reachableOnly) throws IOException {
        String name = stage + (reachableOnly ? "-reachable" : "-all") + ".hprof";
        diagnostics.dumpHeap(folder.resolve(name).toString(), reachableOnly);
    }
}
