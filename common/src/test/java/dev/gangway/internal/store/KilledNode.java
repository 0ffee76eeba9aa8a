package dev.gangway.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.source.KeysSetting;
import dev.gangway.testing.Await;
import dev.gangway.testing.ChildProcess;
import dev.gangway.testing.FaultyNetwork;
import dev.gangway.testing.FaultyNetwork.Lost;
import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.JavaInstallations;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A node, as a process of its own, that gets SIGKILL while it writes, and two other nodes that go on. */
public final class KilledNode {
    private static final int SIGKILL = 128 + 9;
    // Another period: a key is due at once, which is the third after the two of a new keyset.
    private static final String KEY_IS_DUE = "outage=24h";

    private final String[] lines;
    private final String[] throughNetwork;
    private final FaultyNetwork network;

    /**
     * @param lines of the properties file of the other nodes
     * @param throughNetwork of the properties file of this node
     */
    public KilledNode(String[] lines, String[] throughNetwork, FaultyNetwork network) {
        this.lines = lines.clone();
        this.throughNetwork = throughNetwork.clone();
        this.network = network;
    }

    /** @param args the properties file */
    public static void main(String[] args) throws KeySourceException {
        KeysSetting.parse("store:" + args[0], TicketPolicy.DEFAULT).loadIfChanged(Instant.now());
    }

    /** While it announces a key. */
    public void dieInSwap(Path folder, String swap, Lost lost) throws Exception {
        SharingNodes others = new SharingNodes(folder, lines);
        others.start(2);
        assertThat(others.keys()).isEqualTo(2);
        String before = others.poll();

        CompletableFuture<Void> swapping = network.trap(swap, lost);
        try (ChildProcess node = start(StoreFiles.named("killed.properties", folder, withDueKey(throughNetwork)))) {
            swapping.get(Await.TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            if (lost == Lost.ANSWER) {
                Await.until("the swap is done", () -> others.keys() == 3);
            }
            kill(node);
        }
        assertThat(others.keys()).isEqualTo(lost == Lost.ANSWER ? 3 : 2);
        StoreFiles.properties(folder, withDueKey(lines));

        assertThat(others.poll()).isNotEqualTo(before);
        others.poll();
        assertThat(others.keys()).isEqualTo(3);
        assertThat(others.versions()).containsOnly(2L);
    }

    /** While it makes the first keys. */
    public void dieInFirstSwap(Path folder, String swap, Lost lost) throws Exception {
        SharingNodes others = new SharingNodes(folder, lines);
        CompletableFuture<Void> swapping = network.trap(swap, lost);
        try (ChildProcess node = start(StoreFiles.named("killed.properties", folder, throughNetwork))) {
            swapping.get(Await.TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            if (lost == Lost.ANSWER) {
                Await.until("the swap is done", () -> hasKeys(others));
            }
            kill(node);
        }
        assertThat(hasKeys(others)).isEqualTo(lost == Lost.ANSWER);

        others.start(2);
        assertThat(others.keys()).isEqualTo(2);
        assertThat(others.versions()).containsOnly(1L);
    }

    private static ChildProcess start(Path properties) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                JavaInstallations.running().java().toString(),
                "-XX:TieredStopAtLevel=1",
                KilledNode.class.getName(),
                properties.toString()));
        builder.environment().put("CLASSPATH", ForkedTests.classPath());
        builder.environment().remove("JDK_JAVA_OPTIONS");
        return ChildProcess.start(builder.inheritIO());
    }

    private static void kill(ChildProcess node) throws InterruptedException {
        assertThat(node.process().isAlive()).isTrue();
        node.close();
        assertThat(node.awaitEnd()).isTrue();
        assertThat(node.process().exitValue()).isEqualTo(SIGKILL);
    }

    private static boolean hasKeys(SharingNodes nodes) {
        try {
            return nodes.keys() > 0;
        } catch (KeySourceException e) {
            return false;
        }
    }

    private static String[] withDueKey(String... properties) {
        return Stream.concat(Stream.of(properties), Stream.of(KEY_IS_DUE)).toArray(String[]::new);
    }
}
