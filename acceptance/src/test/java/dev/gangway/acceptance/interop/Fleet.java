package dev.gangway.acceptance.interop;

import dev.gangway.TicketSettings;
import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.certificate.StateDirectory;
import dev.gangway.examples.node.ContainerKind;
import dev.gangway.examples.node.NodeSettings;
import dev.gangway.examples.node.RunningNode;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.testing.Await;
import dev.gangway.testing.RealSecond;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Nodes in this process that share one key file and one certificate. */
final class Fleet {
    private static final KeyRotation ROTATION =
            new KeyRotation(Duration.ofHours(12), Duration.ofHours(1), Duration.ofMinutes(1));
    private static final Duration POLL = Duration.ofMillis(100);

    private final Path keyFile;
    private final ServerKeyStore certificate;
    private final String engine;
    private final SecureRandom random = new SecureRandom();
    private List<TicketKey> keys;

    Fleet(Path folder, String engine) throws Exception {
        this.engine = engine;
        certificate = StateDirectory.at(folder.resolve("state")).certificate();
        keyFile = folder.resolve("keys");
        keys = ROTATION.initialKeys(Instant.now(), random);
        KeyFileWriter.writeKeyset(keyFile, keys);
    }

    RunningNode start(ContainerKind container) throws Exception {
        return RunningNode.start(settings(container));
    }

    RunningNode startStock(ContainerKind container) throws Exception {
        return RunningNode.start(settings(container).asStock());
    }

    /** Activates the next key, and returns when every node seals with it. */
    void rotate() throws Exception {
        Instant switchAt = Instant.now().plus(POLL.multipliedBy(4));
        keys = ROTATION.withImmediateKey(keys, Instant.now(), switchAt, random);
        KeyFileWriter.writeKeyset(keyFile, keys);
        RealSecond.reach(switchAt);
        String sealing = keys.stream()
                .filter(key -> key.times().orElseThrow().sealsAt(switchAt))
                .findFirst()
                .orElseThrow()
                .name()
                .toString();
        Await.until("every node seals with key " + sealing, () -> activeKeys().equals(Set.of(sealing)));
    }

    static Set<String> activeKeys() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Set<String> keys = new HashSet<>();
        for (ObjectName node : server.queryNames(new ObjectName("dev.gangway:type=TicketKeys,*"), null)) {
            keys.add((String) server.getAttribute(node, "ActiveKey"));
        }
        return keys;
    }

    private NodeSettings settings(ContainerKind container) {
        return NodeSettings.of(container)
                .withKeyStore(certificate)
                .withGangway(TicketSettings.ofKeys("file:" + keyFile)
                        .withEngine(engine)
                        .withTicketLifetime(Duration.ofHours(1))
                        .withPollInterval(POLL));
    }
}
