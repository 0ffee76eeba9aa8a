package dev.gangway.acceptance.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.ChildProcess;
import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With engine {@code jdk}, exactly those Java versions open each other's tickets that report the same ticket format. */
class SharingJavaVersionsTest {
    private static final Path SEEN = Path.of("target", "sharing");

    @TempDir
    Path folder;

    private final List<Node> nodes = new ArrayList<>();

    private record Node(JavaInstallation java, ChildProcess process, int port, String format) {
        String version() {
            return java.numbers();
        }
    }

    @BeforeEach
    void startOneNodeOnEachVersion() throws Exception {
        Path keys = folder.resolve("ticket.keys");
        KeyFileWriter.writeKeyset(keys, KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom()));
        Path keyStore = Certificates.write(
                Certificates.keyStore(Certificates.server("localhost")), folder.resolve("keystore.p12"));
        List<ChildProcess> started = new ArrayList<>();
        List<JavaInstallation> javas = JavaInstallations.versions();
        for (JavaInstallation java : javas) {
            List<String> command = new ArrayList<>(List.of(java.java().toString()));
            command.addAll(ForkedTests.jvmArguments());
            command.addAll(List.of(
                    "-XX:TieredStopAtLevel=1",
                    VersionNode.class.getName(),
                    "file:" + keys,
                    keyStore.toString(),
                    new String(Certificates.PASSWORD)));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectError(folder.resolve("errors-" + java.numbers()).toFile());
            builder.environment().put("CLASSPATH", ForkedTests.classPath());
            builder.environment().remove("JDK_JAVA_OPTIONS");
            started.add(ChildProcess.start(builder));
        }
        for (int i = 0; i < javas.size(); i++) {
            nodes.add(ready(javas.get(i), started.get(i)));
        }
    }

    @AfterEach
    void stop() {
        nodes.forEach(node -> node.process.close());
    }

    @Test
    void ticket_ofEachVersionAtEachOther_resumesExactlyIfTheFormatsAreEqual() throws Exception {
        assertThat(nodes).hasSizeGreaterThan(1);
        for (Node from : nodes) {
            for (Node to : nodes) {
                boolean isShared = true;
                for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                    HttpsClient client = HttpsClient.of(protocol);
                    assertThat(client.get(from.port).status()).isEqualTo(200);
                    HttpsClient.Exchange second = client.get(to.port);
                    assertThat(second.status()).isEqualTo(200);
                    assertThat(second.handshake().offeredTicket()).isPresent();
                    assertThat(second.resumed())
                            .as(protocol + " ticket of Java " + from.version() + " (" + from.format + ") at Java "
                                    + to.version() + " (" + to.format + ")")
                            .isEqualTo(from.format.equals(to.format));
                    isShared &= second.resumed();
                }
                record(from, to, isShared ? "resumes" : "full handshake");
            }
        }
    }

    private Node ready(JavaInstallation java, ChildProcess process) throws IOException {
        BufferedReader output = process.process().inputReader(StandardCharsets.UTF_8);
        Optional<String> ready = output.lines()
                .filter(line -> line.startsWith(VersionNode.READY))
                .findFirst();
        String[] words = ready.orElseThrow(() -> new AssertionError("Java " + java.version() + " does not serve: "
                        + contentOf(folder.resolve("errors-" + java.numbers()))))
                .split(" ", -1);
        return new Node(java, process, Integer.parseInt(words[1]), words[2]);
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    // For .ci/matrix: two versions and the result, separated by tabs.
    private static void record(Node from, Node to, String seen) throws IOException {
        Files.createDirectories(SEEN);
        Files.writeString(
                SEEN.resolve(from.version() + "-" + to.version()),
                String.join("\t", from.version(), to.version(), seen) + "\n");
    }
}
