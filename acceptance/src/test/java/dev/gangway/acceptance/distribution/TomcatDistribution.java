package dev.gangway.acceptance.distribution;

import dev.gangway.testing.JavaInstallations;
import dev.gangway.testing.JavaInstallations.JavaInstallation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The supported Tomcat versions, and the installation of Gangway in them. */
final class TomcatDistribution {
    /** The versions that the build downloads. */
    static final List<String> VERSIONS = List.of("9.0.122", "10.1.60", "11.0.25");

    static final String OPENS_LINE =
            "CATALINA_OPTS=\"$CATALINA_OPTS --add-opens=java.base/sun.security.ssl=ALL-UNNAMED\"";

    static final List<String> PROTOCOLS = List.of("tls1_2", "tls1_3");

    private TomcatDistribution() {}

    /** Each version with each engine: Conscrypt on the oldest Java, the others on the newest. */
    static Stream<Arguments> versionsAndEngines() {
        List<JavaInstallation> javas = JavaInstallations.all();
        JavaInstallation newest = javas.get(javas.size() - 1);
        return VERSIONS.stream()
                .flatMap(version -> enginesOn(newest).stream()
                        .map(engine ->
                                Arguments.of(version, engine, engine.equals("conscrypt") ? javas.get(0) : newest)));
    }

    /** The engines that run on {@code java}. */
    static List<String> enginesOn(JavaInstallation java) {
        return java.feature() >= 22 ? List.of("jdk", "conscrypt", "openssl") : List.of("jdk", "conscrypt");
    }

    /** Each version with the JDK's own TLS, on the running Java. */
    static Stream<Arguments> versions() {
        return VERSIONS.stream().map(version -> Arguments.of(version, "jdk", JavaInstallations.running()));
    }

    /** A {@code CATALINA_HOME}, which is read-only for tests. */
    static Path home(String version) throws IOException {
        return ContainerArchive.unpackedOnce("tomcat-" + version + ".zip");
    }

    /** The listener's line. */
    static String listener(String engine) {
        return "<Listener className=\"dev.gangway.tomcat.GangwayListener\""
                + " keys=\"file:${catalina.base}/conf/ticket.keys\" engine=\"" + engine + "\" pollInterval=\""
                + FleetKeys.POLL_INTERVAL + "\"/>";
    }

    /** Installs the jar, the listener, and the flag or jar that the engine needs. */
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
