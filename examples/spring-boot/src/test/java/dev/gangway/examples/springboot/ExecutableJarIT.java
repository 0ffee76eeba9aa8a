package dev.gangway.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.testing.Await;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.Certificates.Held;
import dev.gangway.testing.ChildProcess;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.HttpsConnection;
import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import dev.gangway.testing.TicketClient;
import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two instances of the executable jar. The first one is started by {@code java -jar}; the second one in a way in which
 * the flag must come from elsewhere: on Tomcat from the manifest of the extracted jar, on Jetty from the environment, as
 * in an image made by buildpacks. Jetty's run on another Java version, if there is one.
 */
class ExecutableJarIT {
    private static final Pattern STARTED = Pattern.compile("(?:Tomcat|Jetty) started on port (\\d+)");

    @TempDir
    Path folder;

    private JavaInstallation java;

    @BeforeEach
    void keysAndCertificate() throws IOException {
        changeKeys();
        useCertificate(Certificates.server("localhost"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomcat", "jetty"})
    void twoInstances_shareTicketsThroughChanges(String container) throws Exception {
        Path jar = jarOf(container);
        java = javaFor(container);
        try (Instance first = start(jar, List.of("-jar", jar.toString()), Map.of());
                Instance second = container.equals("tomcat") ? startExtracted(jar) : startByLauncher(jar)) {
            requireSharing(first, second);

            assertThat(first.get("/actuator/prometheus"))
                    .contains("gangway_ssl_state{name=\"server\",state=\"sharing\"} 1");

            Held renewed = Certificates.server("localhost");
            useCertificate(renewed);
            for (Instance each : List.of(first, second)) {
                Await.until(
                        "the new certificate is in use",
                        () -> each.serialNumber().equals(renewed.certificate().getSerialNumber()));
            }
            requireSharing(first, second);

            HttpsClient withOldTicket = HttpsClient.of("TLSv1.3");
            first.answerTo(withOldTicket);
            changeKeys();
            Await.until(
                    "the old keys are gone",
                    () -> !second.answerTo(withOldTicket).contains("resumed=true"));
            Await.until("both have the new keys", () -> shares(first, second));
            assertThat(first.get("/actuator/health")).contains("\"gangway\":{\"status\":\"UP\"");
        }
    }

    private static JavaInstallation javaFor(String container) {
        List<JavaInstallation> others = JavaInstallations.others();
        return container.equals("tomcat") || others.isEmpty()
                ? JavaInstallations.running()
                : others.get(others.size() - 1);
    }

    private static void requireSharing(Instance first, Instance second) throws IOException {
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            HttpsClient client = HttpsClient.of(protocol);
            assertThat(first.answerTo(client)).contains("resumed=false outcome=full-without-ticket");
            assertThat(second.answerTo(client)).as(protocol).contains("resumed=true outcome=resumed-active-key");
        }
    }

    private static boolean shares(Instance first, Instance second) throws IOException {
        HttpsClient client = HttpsClient.of("TLSv1.3");
        first.answerTo(client);
        return second.answerTo(client).contains("resumed=true");
    }

    private Instance startExtracted(Path jar) throws Exception {
        ChildProcess.Ended extracted = ChildProcess.run(
                new ProcessBuilder(
                                java.java().toString(),
                                "-Djarmode=tools",
                                "-jar",
                                jar.toString(),
                                "extract",
                                "--destination",
                                "app")
                        .directory(folder.toFile()),
                "",
                ChildProcess.TIMEOUT);
        assertThat(extracted.exitCode()).as(extracted.output()).isZero();
        return start(jar, List.of("-jar", "app/" + jar.getFileName()), Map.of());
    }

    private Instance startByLauncher(Path jar) throws Exception {
        return start(
                jar,
                List.of("-cp", jar.toString(), "org.springframework.boot.loader.launch.JarLauncher"),
                Map.of("JAVA_TOOL_OPTIONS", "--add-opens=java.base/sun.security.ssl=ALL-UNNAMED"));
    }

    private Instance start(Path jar, List<String> program, Map<String, String> environment) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(java.java().toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(program);
        command.addAll(List.of(
                "--server.port=0",
                "--gangway.poll-interval=200ms",
                "--spring.ssl.bundle.watch.file.quiet-period=200ms"));
        File log = Files.createTempFile(folder, jar.getFileName().toString(), ".log")
                .toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log);
        builder.environment().putAll(environment);
        Instance instance = new Instance(ChildProcess.start(builder), log.toPath());
        try {
            instance.awaitPort();
            return instance;
        } catch (Throwable e) {
            instance.close();
            throw e;
        }
    }

    private void changeKeys() throws IOException {
        byte[] key = new byte[80];
        new SecureRandom().nextBytes(key);
        KeyFileWriter.replace(folder.resolve("ticket.keys"), key);
    }

    private void useCertificate(Held held) throws IOException {
        Path next = Certificates.write(Certificates.keyStore(held), folder.resolve("next.p12"));
        Files.move(next, folder.resolve("keystore.p12"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path jarOf(String container) throws IOException {
        Path target =
                Path.of(System.getProperty("basedir", "")).resolve("target").toAbsolutePath();
        try (Stream<Path> files = Files.list(target)) {
            List<Path> all = files.sorted().toList();
            return all.stream()
                    .filter(file -> file.getFileName().toString().endsWith("-" + container + ".jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no executable jar for " + container + " among " + all));
        }
    }

    /** A process, and the port that it has told in its log. */
    private static final class Instance implements AutoCloseable {
        private final ChildProcess process;
        private final Path log;
        private int port;

        Instance(ChildProcess process, Path log) {
            this.process = process;
            this.log = log;
        }

        void awaitPort() throws Exception {
            Await.until(
                    "the application has started or ended",
                    () -> find() || !process.process().isAlive());
            assertThat(find()).as(Files.readString(log)).isTrue();
        }

        private boolean find() throws IOException {
            Matcher started = STARTED.matcher(Files.readString(log));
            boolean found = started.find();
            if (found) {
                port = Integer.parseInt(started.group(1));
            }
            return found;
        }

        String answerTo(HttpsClient client) throws IOException {
            return client.get(port).response();
        }

        String get(String path) throws IOException {
            try (HttpsConnection connection = HttpsClient.of("TLSv1.2").connect(port)) {
                return connection.getOnce(path);
            }
        }

        BigInteger serialNumber() throws IOException {
            try (SSLSocket socket = (SSLSocket)
                    TicketClient.of("TLSv1.2").context().getSocketFactory().createSocket("127.0.0.1", port)) {
                socket.startHandshake();
                return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
            }
        }

        @Override
        public void close() {
            process.stop();
        }
    }
}
