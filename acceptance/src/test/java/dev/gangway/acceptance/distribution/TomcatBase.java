package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.acceptance.interop.ExternalCommand;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code CATALINA_BASE}: the files that an operator writes for one Tomcat. */
final class TomcatBase {
    static final String STORE_PASSWORD = "changeit";

    private static final Pattern STARTED = Pattern.compile("Server startup in \\[");

    // Connectors start in the order of server.xml; Tomcat's own numbers for those with port 0 have no order.
    private static final Pattern CONNECTOR_STARTED =
            Pattern.compile("Starting ProtocolHandler \\[\"https-[^\"]*-(\\d+)\"\\]");

    private final Path home;
    private final Path base;

    private TomcatBase(Path home, Path base) {
        this.home = home;
        this.base = base;
    }

    /**
     * Makes {@code base} with the distribution's own {@code makebase.sh}. Its {@code server.xml} has one connector, {@code
     * connector}, and no shutdown port; its ROOT application has one page.
     */
    static TomcatBase make(Path home, Path base, String connector) throws Exception {
        String output = ExternalCommand.run(
                List.of("sh", home.resolve("bin/makebase.sh").toString(), base.toString()), "");
        assertThat(base.resolve("conf/server.xml")).as(output).exists();
        Files.writeString(base.resolve("webapps/ROOT/index.html"), "<p>Hello</p>\n");
        TomcatBase made = new TomcatBase(home, base);
        made.edit("<Server port=\"8005\"", "<Server port=\"-1\"");
        made.edit("(?s)<Connector port=\"8080\".*?/>", connector);
        return made;
    }

    /** A TLS connector with HTTP/2 on a free port, with the elements {@code hosts}. */
    static String connector(String attributes, String... hosts) {
        return """
                <Connector port="0" address="127.0.0.1" protocol="org.apache.coyote.http11.Http11NioProtocol"
                           SSLEnabled="true" scheme="https" secure="true" %s>
                  <UpgradeProtocol className="org.apache.coyote.http2.Http2Protocol"/>
                  %s
                </Connector>""".formatted(attributes, String.join("\n", hosts));
    }

    /** An {@code SSLHostConfig} with one certificate. */
    static String host(String attributes, Path keyStore) {
        return """
                <SSLHostConfig %s>
                    <Certificate certificateKeystoreFile="%s" certificateKeystorePassword="%s"/>
                  </SSLHostConfig>""".formatted(attributes, keyStore, STORE_PASSWORD);
    }

    Path path() {
        return base;
    }

    /** Replaces the first match of {@code pattern} in {@code server.xml}, which must have one. */
    void edit(String pattern, String replacement) throws IOException {
        Path file = base.resolve("conf/server.xml");
        String before = Files.readString(file);
        assertThat(before).containsPattern(pattern);
        Files.writeString(
                file, Pattern.compile(pattern).matcher(before).replaceFirst(Matcher.quoteReplacement(replacement)));
    }

    /** Puts {@code line} directly inside {@code <Server>}. */
    void addListener(String line) throws IOException {
        // Lines of their own, so that nothing is left when they are removed; the file's other lines may end with CR LF.
        edit("(?m)^  <Service name=", "  " + line + "\n  <Service name=");
    }

    void addJar(Path jar) throws IOException {
        Files.copy(jar, base.resolve("lib").resolve(jar.getFileName()));
    }

    /** Appends {@code line} to {@code bin/setenv.sh}. */
    void addToSetenv(String line) throws IOException {
        Path setenv = base.resolve("bin/setenv.sh");
        String before = Files.exists(setenv) ? Files.readString(setenv) : "";
        Files.writeString(setenv, before + line + "\n");
    }

    /** Starts it, and does not wait until it serves. */
    DistributionProcess launch(JavaInstallation java) throws IOException {
        return DistributionProcess.start(
                base,
                environment(java),
                base.resolve("logs/console"),
                List.of(home.resolve("bin/catalina.sh").toString(), "run"));
    }

    /** The environment variables that an operator sets before calling Tomcat's scripts. */
    Map<String, String> environment(JavaInstallation java) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("JAVA_HOME", java.home().toString());
        environment.put("CATALINA_HOME", home.toString());
        environment.put("CATALINA_BASE", base.toString());
        // Tests start many of these processes on a small machine.
        environment.put("JAVA_OPTS", "-Xmx192m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        return environment;
    }

    /** Waits until {@code process}, which was launched from this base, serves; returns the node of its first connector. */
    DistributionNode await(DistributionProcess process) throws IOException, InterruptedException {
        return await(process, 1);
    }

    /** The same for the {@code number}th connector of {@code server.xml}. */
    DistributionNode await(DistributionProcess process, int number) throws IOException, InterruptedException {
        process.await(STARTED);
        List<String> ports = CONNECTOR_STARTED
                .matcher(process.output())
                .results()
                .map(line -> line.group(1))
                .toList();
        assertThat(ports).as(process.output()).hasSizeGreaterThanOrEqualTo(number);
        return new DistributionNode(process, Integer.parseInt(ports.get(number - 1)), base.resolve("conf/ticket.keys"));
    }
}
