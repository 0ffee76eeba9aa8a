package dev.gangway.acceptance.interop;

import dev.gangway.TicketKeysMXBean;
import dev.gangway.TicketSettings;
import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.jsse.JdkHttpsNode;
import dev.gangway.testing.ChildProcess;
import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.Libfaketime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A node with a store, as a process of its own, whose clock is wrong by a fixed time. */
final class StoreNode implements AutoCloseable {
    private static final String READY = "READY ";
    private static final String STATUS = "STATUS ";

    private final Duration ahead;
    private final ChildProcess process;
    private final Path errors;
    private final BufferedReader answers;
    private final Writer questions;
    private int port;

    private StoreNode(Duration ahead, ChildProcess process, Path errors) {
        this.ahead = ahead;
        this.process = process;
        this.errors = errors;
        this.answers = process.process().inputReader(StandardCharsets.UTF_8);
        this.questions = process.process().outputWriter(StandardCharsets.UTF_8);
    }

    /** What it says of itself. */
    record Status(String state, String activeKey, String ring, long version, long aheadOfKey, String fault) {}

    /** @param args the setting {@code keys}, the key store and its password */
    public static void main(String[] args) throws Exception {
        TicketSettings settings = TicketSettings.ofKeys(args[0])
                .withEngine("jdk")
                .withTicketLifetime(Duration.ofHours(1))
                .withPollInterval(Duration.ofMillis(500));
        try (JdkHttpsNode node = JdkHttpsNode.start(settings, new ServerKeyStore(Path.of(args[1]), args[2]), 0)) {
            TicketKeysMXBean keys = node.ticketKeys();
            System.out.println(READY + node.port());
            while (System.in.read() >= 0) {
                System.out.println(STATUS
                        + String.join(
                                "\t",
                                keys.getState(),
                                keys.getActiveKey(),
                                keys.getRingDigest(),
                                String.valueOf(keys.getDocumentVersion()),
                                String.valueOf(keys.getHandshakesAheadOfKey()),
                                keys.getFault()));
            }
        }
    }

    static StoreNode start(Path folder, Path properties, ServerKeyStore certificate, Libfaketime clocks, Duration ahead)
            throws IOException {
        Path clock = Files.writeString(folder.resolve("clock" + ahead), String.format("%+d%n", ahead.toSeconds()));
        List<String> command = new ArrayList<>(clocks.withClock(clock));
        command.add(JavaInstallations.running().java().toString());
        command.addAll(ForkedTests.jvmArguments());
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                StoreNode.class.getName(),
                "store:" + properties,
                certificate.file().toString(),
                certificate.password()));
        Path errors = folder.resolve("errors" + ahead);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put("CLASSPATH", ForkedTests.classPath());
        builder.environment().remove("JDK_JAVA_OPTIONS");
        return new StoreNode(ahead, ChildProcess.start(builder), errors);
    }

    /** Waits until it serves. */
    void awaitReady() throws IOException {
        port = Integer.parseInt(next(READY));
    }

    Duration ahead() {
        return ahead;
    }

    int port() {
        return port;
    }

    Status status() throws IOException {
        questions.write("\n");
        questions.flush();
        String[] values = next(STATUS).split("\t", -1);
        return new Status(
                values[0], values[1], values[2], Long.parseLong(values[3]), Long.parseLong(values[4]), values[5]);
    }

    private String next(String kind) throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(kind)) {
                return line.substring(kind.length());
            }
        }
        throw new AssertionError("the node has ended: " + Files.readString(errors));
    }

    @Override
    public void close() {
        process.close();
    }
}
