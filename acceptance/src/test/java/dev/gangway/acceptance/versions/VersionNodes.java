package dev.gangway.acceptance.versions;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.ChildProcess;
import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Nodes with engine {@code jdk} and the same ticket keys, each on a Java of its own. */
final class VersionNodes implements AutoCloseable {
    private final Path folder;
    private final Path keys;
    private final Path keyStore;
    private final AtomicInteger count = new AtomicInteger();
    private final List<ChildProcess> processes = new ArrayList<>();

    VersionNodes(Path folder) throws Exception {
        this.folder = folder;
        keys = folder.resolve("ticket.keys");
        KeyFileWriter.writeKeyset(keys, KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom()));
        keyStore = folder.resolve("keystore.jks");
        Certificates.Held server = Certificates.server("localhost");
        // With other providers in front, the JDK cannot read a PKCS12 file that it has written without them.
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setKeyEntry(
                "server", server.keys().getPrivate(), Certificates.PASSWORD, new java.security.cert.Certificate[] {
                    server.certificate()
                });
        try (OutputStream out = Files.newOutputStream(keyStore)) {
            store.store(out, Certificates.PASSWORD);
        }
    }

    /** A node that starts. */
    record Starting(JavaInstallation java, ChildProcess process, Path errors) {
        /** Waits for it; empty if it does not start. */
        Optional<Node> await() {
            BufferedReader output = process.process().inputReader(StandardCharsets.UTF_8);
            return output.lines()
                    .filter(line -> line.startsWith(VersionNode.READY))
                    .findFirst()
                    .map(line -> line.split(" ", -1))
                    .map(words -> new Node(java, Integer.parseInt(words[1]), words[2]));
        }

        Node serving() throws IOException {
            Optional<Node> node = await();
            if (node.isEmpty()) {
                throw new AssertionError("Java " + java.version() + " does not serve: " + said());
            }
            return node.get();
        }

        /** What it has logged, and why it has not started. */
        String said() throws IOException {
            return Files.readString(errors);
        }
    }

    record Node(JavaInstallation java, int port, String format) {
        String version() {
            return java.numbers();
        }
    }

    Starting start(JavaInstallation java, List<String> flags, String... provider) throws IOException {
        return start(VersionNode.class, java, flags, provider);
    }

    /** @param main gets the setting {@code keys}, the key store, its password, and {@code more} */
    Starting start(Class<?> main, JavaInstallation java, List<String> flags, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(java.java().toString()));
        command.addAll(ForkedTests.jvmArguments());
        command.addAll(flags);
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                main.getName(),
                "file:" + keys,
                keyStore.toString(),
                new String(Certificates.PASSWORD)));
        command.addAll(Arrays.asList(more));
        Path errors = folder.resolve("errors-" + count.incrementAndGet());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put("CLASSPATH", ForkedTests.classPath());
        builder.environment().remove("JDK_JAVA_OPTIONS");
        ChildProcess process = ChildProcess.start(builder);
        processes.add(process);
        return new Starting(java, process, errors);
    }

    /** One on each of {@code javas}. */
    List<Node> serving(List<JavaInstallation> javas) throws IOException {
        List<Starting> starting = new ArrayList<>();
        for (JavaInstallation java : javas) {
            starting.add(start(java, List.of()));
        }
        List<Node> nodes = new ArrayList<>();
        for (Starting each : starting) {
            nodes.add(each.serving());
        }
        return nodes;
    }

    @Override
    public void close() {
        processes.forEach(ChildProcess::close);
    }
}
