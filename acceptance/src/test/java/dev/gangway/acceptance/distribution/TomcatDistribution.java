package dev.gangway.acceptance.distribution;

import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The supported Tomcats, and how Gangway is put into one. */
final class TomcatDistribution {
    /** As in {@code examples/pom.xml}, which fetches them. */
    static final List<String> VERSIONS = List.of("9.0.122", "10.1.60", "11.0.25");

    static final String OPENS_LINE =
            "CATALINA_OPTS=\"$CATALINA_OPTS --add-opens=java.base/sun.security.ssl=ALL-UNNAMED\"";

    static final List<String> PROTOCOLS = List.of("tls1_2", "tls1_3");

    private TomcatDistribution() {}

    /** Each version with each engine, on the oldest Java in one and on the newest in the others. */
    static Stream<Arguments> versionsAndEngines() {
        List<JavaInstallation> javas = JavaInstallations.all();
        JavaInstallation newest = javas.get(javas.size() - 1);
        return VERSIONS.stream()
                .flatMap(version -> enginesOn(newest).stream()
                        .map(engine ->
                                Arguments.of(version, engine, engine.equals("conscrypt") ? javas.get(0) : newest)));
    }

    /** The engines there are on {@code java}. */
    static List<String> enginesOn(JavaInstallation java) {
        return java.feature() >= 22 ? List.of("jdk", "conscrypt", "openssl") : List.of("jdk", "conscrypt");
    }

    /** Each version with the JDK's own TLS, on the running Java. */
    static Stream<Arguments> versions() {
        return VERSIONS.stream().map(version -> Arguments.of(version, "jdk", JavaInstallations.running()));
    }

    /** A {@code CATALINA_HOME}, not to be written to. */
    static Path home(String version) throws IOException {
        return ContainerArchive.unpackedOnce("tomcat-" + version + ".zip");
    }

    /** The listener's line. */
    static String listener(String engine) {
        return "<Listener className=\"dev.gangway.tomcat.GangwayListener\""
                + " keys=\"file:${catalina.base}/conf/ticket.keys\" engine=\"" + engine + "\" pollInterval=\""
                + FleetKeys.POLL_INTERVAL + "\"/>";
    }

    /** The jar into {@code lib}, the line into {@code server.xml}, and what the engine needs. */
    static void install(TomcatBase base, String engine) throws IOException {
        base.addJar(ContainerArchive.dropInJar("tomcat"));
        base.addListener(listener(engine));
        switch (engine) {
            case "jdk" -> base.addToSetenv(OPENS_LINE);
            case "openssl" -> base.addToSetenv("CATALINA_OPTS=\"$CATALINA_OPTS --enable-native-access=ALL-UNNAMED\"");
            case "conscrypt" -> base.addJar(ContainerArchive.file("conscrypt-openjdk-uber-2.6.0.jar"));
            default -> throw new IllegalArgumentException(engine);
        }
    }
}
