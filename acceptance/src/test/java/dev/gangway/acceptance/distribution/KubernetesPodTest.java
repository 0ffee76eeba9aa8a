package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.testing.Await;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.ChildProcess;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.UnprivilegedUser;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Tomcat as in examples/kubernetes, without Kubernetes: a user without rights, a read-only root file system, and a
 * Secret's directory as the kubelet writes it, with files that belong to root and that a group may read.
 */
class KubernetesPodTest {
    private static final int USER = 10_001;

    private final Certificates.Held certificate = Certificates.server("localhost", "127.0.0.1");

    @TempDir
    Path folder;

    private Path base;
    private Path keys;
    private int versions;

    @BeforeEach
    void image() throws Exception {
        UnprivilegedUser.assumeRootCanBecomeIt();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        base = folder.resolve("tomcat");
        UnprivilegedUser.copyReadable(TomcatDistribution.home(TomcatDistribution.VERSIONS.get(2)), base);
        UnprivilegedUser.copyReadable(ContainerArchive.dropInJar("tomcat"), base.resolve("lib/gangway-tomcat.jar"));
        for (String writable : List.of("logs", "temp", "work")) {
            Files.createDirectories(base.resolve(writable));
            run("chmod", "1777", base.resolve(writable).toString());
        }
        keys = Files.createDirectory(folder.resolve("keys"));
        Path tls = Files.createDirectory(folder.resolve("tls"));
        pem(tls);
    }

    @Test
    void keys_ofASecret_areFollowedThroughSwaps() throws Exception {
        int port = freePort();
        Path server = RepositoryFiles.ROOT.resolve("examples/kubernetes/server.xml");
        Files.writeString(
                base.resolve("conf/server.xml"),
                Files.readString(server)
                        .replace("/etc/gangway", folder.toString())
                        .replace("port=\"8443\"", "port=\"" + port + "\"")
                        .replace("?allow=group\"", "?allow=group\" pollInterval=\"" + FleetKeys.POLL_INTERVAL + "\""));
        publish("440");
        try (ChildProcess tomcat = start()) {
            Await.until(
                    "the server has started", () -> !tomcat.process().isAlive() || log().contains("Server startup in"));
            assertThat(tomcat.process().isAlive()).as(log()).isTrue();
            requireResumption(port);

            publish("440");
            awaitKeys(2);
            requireResumption(port);

            // A mode that the group cannot read: the last good keys stay.
            publish("400");
            Await.until("the fault is seen", () -> log().contains("the last good keys stay in use"));
            requireResumption(port);
            publish("440");
            awaitKeys(3);
            requireResumption(port);
            assertThat(log()).doesNotContain("Read-only file system").doesNotContain("SEVERE");
        }
    }

    private static void requireResumption(int port) throws IOException {
        HttpsClient client = HttpsClient.of("TLSv1.3");
        assertThat(client.get(port).resumed()).isFalse();
        assertThat(client.get(port).resumed()).isTrue();
    }

    /** Each use of new keys has a line in the log. */
    private void awaitKeys(int times) throws Exception {
        Await.until("the new keys are in use", () -> log().split("Ticket keys from file:", -1).length > times);
    }

    /** Writes a new version of the Secret's directory, and makes it the present one by renaming a link. */
    private void publish(String mode) throws Exception {
        Path version = Files.createDirectory(keys.resolve("..2026_01_01_" + ++versions));
        Path file = version.resolve("ticket.keys");
        KeyFileWriter.writeKeyset(file, FleetKeys.fresh());
        run("chown", "-R", "root:" + USER, version.toString());
        run("chmod", mode, file.toString());
        Path next = Files.createSymbolicLink(keys.resolve("..data_tmp"), version.getFileName());
        Files.move(next, keys.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (versions == 1) {
            Files.createSymbolicLink(keys.resolve("ticket.keys"), Path.of("..data/ticket.keys"));
        } else {
            run("rm", "-r", keys.resolve("..2026_01_01_" + (versions - 1)).toString());
        }
    }

    private ChildProcess start() throws IOException {
        StringBuilder script = new StringBuilder("set -e; mount --make-rprivate /\n");
        for (String writable : List.of("logs", "temp", "work")) {
            String path = base.resolve(writable).toString();
            script.append("mount --bind ").append(path).append(' ').append(path).append('\n');
        }
        // The key directory is the kubelet's, which writes from outside.
        script.append("mount -o remount,bind,ro /\n");
        script.append("exec setpriv --reuid=")
                .append(USER)
                .append(" --regid=")
                .append(USER)
                .append(" --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all sh ")
                .append(base.resolve("bin/catalina.sh"))
                .append(" run\n");
        ProcessBuilder builder = new ProcessBuilder("unshare", "--mount", "sh", "-c", script.toString())
                .directory(base.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("console").toFile());
        builder.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "CLASSPATH"));
        builder.environment()
                .put("JAVA_HOME", JavaInstallations.running().home().toString());
        builder.environment().put("CATALINA_HOME", base.toString());
        builder.environment()
                .put("CATALINA_OPTS", "--add-opens=java.base/sun.security.ssl=ALL-UNNAMED -XX:TieredStopAtLevel=1");
        return ChildProcess.start(builder);
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("console"));
    }

    private void pem(Path tls) throws Exception {
        Path store = Certificates.write(Certificates.keyStore(certificate), folder.resolve("web.p12"));
        String password = new String(Certificates.PASSWORD);
        for (List<String> part : List.of(List.of("-nokeys", "tls.crt"), List.of("-nocerts", "tls.key"))) {
            run(
                    "openssl",
                    "pkcs12",
                    "-in",
                    store.toString(),
                    "-passin",
                    "pass:" + password,
                    "-nodes",
                    part.get(0),
                    "-out",
                    tls.resolve(part.get(1)).toString());
        }
        run(
                "chown",
                "root:" + USER,
                tls.resolve("tls.key").toString(),
                tls.resolve("tls.crt").toString());
        run(
                "chmod",
                "440",
                tls.resolve("tls.key").toString(),
                tls.resolve("tls.crt").toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(command));
        ChildProcess.Ended ended = ChildProcess.run(words, "");
        assertThat(ended.exitCode()).as(words + "\n" + ended.output()).isZero();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
