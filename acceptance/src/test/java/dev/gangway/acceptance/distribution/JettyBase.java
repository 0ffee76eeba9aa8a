package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.acceptance.interop.ExternalCommand;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A {@code JETTY_BASE}: the files of one Jetty that an operator or {@code start.jar} writes. */
final class JettyBase {
    static final String STORE_PASSWORD = "changeit";
    static final String PAGE = "index.html";

    private static final Pattern TLS_PORT =
            Pattern.compile("Started .*ServerConnector.*\\{SSL, .*\\{127\\.0\\.0\\.1:(\\d+)}");
    private static final Pattern STARTED = Pattern.compile("Started (oejs\\.)?Server@");

    private final Path home;
    private final Path base;
    private final JavaInstallation java;

    private JettyBase(Path home, Path base, JavaInstallation java) {
        this.home = home;
        this.base = base;
        this.java = java;
    }

    /** Makes {@code base} with a page and {@code keyStore}; a TLS connector that is enabled later has a free port. */
    static JettyBase make(Path home, Path base, JavaInstallation java, Path keyStore) throws IOException {
        for (String directory : List.of("etc", "start.d", "webapps/root", "lib/conscrypt")) {
            Files.createDirectories(base.resolve(directory));
        }
        Files.writeString(base.resolve("webapps/root").resolve(PAGE), "<p>Hello</p>\n");
        Files.copy(keyStore, base.resolve("etc/keystore.p12"));
        // start.jar searches here for files before it downloads them.
        Files.copy(
                ContainerArchive.file("conscrypt-openjdk-uber-2.6.0.jar"),
                base.resolve("lib/conscrypt/conscrypt-uber-2.6.0.jar"));
        Files.writeString(
                base.resolve("start.d/site.ini"),
                String.join(
                        "\n",
                        "jetty.ssl.host=127.0.0.1",
                        "jetty.ssl.port=0",
                        // BoringSSL sends its TLS 1.3 tickets with the first response. gnutls-cli waits for them before
                        // it sends
                        // a request, until Jetty closes the connection.
                        "jetty.ssl.idleTimeout=3000",
                        "jetty.sslContext.keyStorePassword=" + STORE_PASSWORD,
                        ""));
        return new JettyBase(home, base, java);
    }

    Path path() {
        return base;
    }

    void unzipGangway() throws Exception {
        String output =
                ExternalCommand.run(List.of("unzip", JettyDistribution.zip().toString(), "-d", base.toString()), "");
        assertThat(base.resolve("modules/gangway.mod")).as(output).exists();
    }

    /** Runs {@code start.jar --add-modules}, with the module that serves the page too. */
    void add(String... modules) throws Exception {
        List<String> command = startJar();
        command.add("--add-modules=" + pageModule() + "," + String.join(",", modules));
        command.add("--approve-all-licenses");
        DistributionProcess process =
                DistributionProcess.start(base, environment(), base.resolve("added.log"), command);
        assertThat(process.awaitExit()).as(process.output()).isZero();
    }

    /** Appends {@code lines} to {@code start.d/site.ini}. */
    void set(String... lines) throws IOException {
        Files.writeString(base.resolve("start.d/site.ini"), String.join("\n", lines) + "\n", StandardOpenOption.APPEND);
    }

    /** Starts it, and does not wait until it serves. */
    DistributionProcess launch(String... arguments) throws IOException {
        return launch(base.resolve("console.log"), arguments);
    }

    /** Like {@link #launch(String...)}, with a separate log. */
    DistributionProcess launch(Path log, String... arguments) throws IOException {
        List<String> command = startJar();
        command.addAll(List.of(arguments));
        return DistributionProcess.start(base, environment(), log, command);
    }

    /** Starts only the JVM whose command line {@code start.jar --dry-run} prints. */
    DistributionProcess launchWithoutStartJar(String arguments) throws IOException {
        String script = "eval \"exec $(java -jar $JETTY_HOME/start.jar --dry-run " + arguments + ")\"";
        return DistributionProcess.start(
                base, environment(), base.resolve("console.log"), List.of("bash", "-c", script));
    }

    /** The environment of an operator's shell. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("JETTY_HOME", home.toString());
        environment.put("JETTY_BASE", base.toString());
        environment.put("JAVA_HOME", java.home().toString());
        environment.put("PATH", java.home().resolve("bin") + ":" + System.getenv("PATH"));
        // For both JVMs, because tests start many of them on a small machine.
        environment.put("JAVA_TOOL_OPTIONS", "-Xmx192m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        return environment;
    }

    /** Waits until {@code process}, which was launched from this base, serves. */
    DistributionNode await(DistributionProcess process) throws IOException, InterruptedException {
        process.await(STARTED);
        int port = Integer.parseInt(process.await(TLS_PORT).group(1));
        return new DistributionNode(process, port, base.resolve("etc/ticket.keys"));
    }

    // Static files belong to the core environment in 12.0, and to a separate one in later versions.
    private String pageModule() {
        return Files.exists(home.resolve("modules/static-deploy.mod")) ? "static-deploy" : "core-deploy";
    }

    private List<String> startJar() {
        return new ArrayList<>(List.of(
                java.java().toString(), "-jar", home.resolve("start.jar").toString()));
    }
}
