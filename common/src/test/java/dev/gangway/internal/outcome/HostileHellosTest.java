package dev.gangway.internal.outcome;

import static dev.gangway.testing.TlsBytes.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import dev.gangway.testing.Nodes;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The memory that clients make an observed engine allocate, compared with an unobserved engine of the same kind. */
class HostileHellosTest {
    private static final int CONNECTIONS = 500;
    // The limit for an observer with all its objects.
    private static final int OF_A_WATCH = 6 * 1024;

    @ParameterizedTest
    @CsvSource({
        "jdk, 1603014000" + "01003ffc" + "0303",
        "conscrypt, 1603014000" + "01003ffc" + "0303",
        "jdk, 160301ffff" + "01ffffff" + "0303",
        "conscrypt, 160301ffff" + "01ffffff" + "0303"
    })
    void hello_announcedLong_allocatesNoMoreThanWithoutGangway(String engine, String beginning) throws Exception {
        assertAllocatesNoMore(engine, hex(beginning));
    }

    private static void assertAllocatesNoMore(String engine, byte[] bytes) throws Exception {
        Nodes nodes = new Nodes(engine);
        SSLContext observed = nodes.node().context();
        SSLContext bare = nodes.bareContext();
        // After the first connections, classes are loaded and code is compiled.
        for (int i = 0; i < 2; i++) {
            perConnection(engines(observed), bytes);
            perConnection(engines(bare), bytes);
        }

        long withGangway = perConnection(engines(observed), bytes);
        assertThat(withGangway).isLessThan(perConnection(engines(bare), bytes) + OF_A_WATCH);
    }

    private static List<SSLEngine> engines(SSLContext context) {
        List<SSLEngine> servers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            SSLEngine server = context.createSSLEngine();
            server.setUseClientMode(false);
            servers.add(server);
        }
        return servers;
    }

    private static long perConnection(List<SSLEngine> servers, byte[] bytes) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ByteBuffer data = ByteBuffer.allocate(40_000);
        ByteBuffer received = ByteBuffer.allocate(40_000);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (SSLEngine server : servers) {
            receive(server, bytes, received.clear(), data.clear());
        }
        return (threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before) / servers.size();
    }

    // Like a container: bytes that the engine has not consumed are offered again with the next byte.
    private static void receive(SSLEngine server, byte[] bytes, ByteBuffer received, ByteBuffer data) {
        received.limit(0);
        Throwable refused = null;
        for (int i = 0; i < bytes.length && refused == null; i++) {
            int end = received.limit();
            received.limit(end + 1).put(end, bytes[i]);
            refused = catchThrowable(() -> server.unwrap(received, data));
        }
    }
}
