package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.probe.Address;
import dev.gangway.internal.probe.ClientSettings;
import dev.gangway.internal.probe.ProbeReport;
import dev.gangway.internal.probe.TlsVersion;
import dev.gangway.testing.Await;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.ChildProcess;
import dev.gangway.testing.Prerequisite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command probe at servers that have nothing to do with Gangway. */
class ProbeOfOtherServersTest {
    private static final Certificates.Held SERVER = Certificates.server("localhost");
    private static final List<TlsVersion> BOTH = List.of(TlsVersion.TLS_1_3, TlsVersion.TLS_1_2);

    @TempDir
    Path folder;

    @Test
    void fleet_ofNginx_tellsWhoSharesKeysAndTheirNames() throws Exception {
        Prerequisite.require(NginxNode.installed().isPresent(), "nginx (Debian package nginx-light)");
        byte[] shared = randomKey();
        byte[] other = randomKey();
        try (NginxNode a = nginx("a", shared);
                NginxNode b = nginx("b", shared);
                NginxNode c = nginx("c", other)) {
            ProbeReport two = ProbeReport.ofFleet(List.of(address(a), address(b)), ClientSettings.plain(), BOTH, 1);
            ProbeReport three =
                    ProbeReport.ofFleet(List.of(address(a), address(b), address(c)), ClientSettings.plain(), BOTH, 1);

            assertThat(two.exitCode()).as(two.toText()).isZero();
            assertThat(two.toJson())
                    .contains("\"keyName\":\"" + name(shared) + "\"")
                    .contains("\"differences\":{}");
            assertThat(three.exitCode()).as(three.toText()).isEqualTo(1);
            assertThat(three.toJson()).contains("\"keyName\":\"" + name(other) + "\"");
            assertThat(three.toText())
                    .contains("nodes differ in key name: ")
                    .contains("8 of 18 combinations of two nodes and a TLS version do not resume.");
        }
    }

    /** {@code openssl s_server} answers no request, and does not close the connection. */
    @Test
    void oneAddress_ofAServerWithoutHttp_isJudgedByItsHandshakes() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        NginxNode.pem(folder.resolve("server.pem"), SERVER);
        NginxNode.key(folder.resolve("server.key"), SERVER);
        List<String> command = List.of(
                "openssl",
                "s_server",
                "-quiet",
                "-accept",
                "127.0.0.1:" + port,
                "-cert",
                "server.pem",
                "-key",
                "server.key");
        try (ChildProcess server = ChildProcess.start(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile()))) {
            Await.until("s_server listens", () -> accepts(port));

            ProbeReport report = ProbeReport.ofOneAddress(
                    new Address("127.0.0.1", port), ClientSettings.plain(), List.of(TlsVersion.TLS_1_3), 2);

            assertThat(report.exitCode()).as(report.toText()).isZero();
            assertThat(server.process().isAlive()).isTrue();
        }
    }

    private static boolean accepts(int port) {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private NginxNode nginx(String name, byte[] key) throws Exception {
        Path own = Files.createDirectory(folder.resolve(name));
        return NginxNode.start(own, Files.write(own.resolve("ticket.key"), key), SERVER);
    }

    private static Address address(NginxNode node) {
        return new Address("127.0.0.1", node.port());
    }

    private static byte[] randomKey() {
        byte[] key = new byte[80];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private static String name(byte[] key) {
        return HexFormat.of().formatHex(Arrays.copyOf(key, 16));
    }
}
