package dev.gangway.examples.distribution;

import java.io.IOException;
import java.util.List;

/** The supported Tomcats, and how Gangway is put into one. */
final class TomcatDistribution {
    /** As in {@code examples/pom.xml}, which fetches them. */
    static final List<String> VERSIONS = List.of("9.0.122", "10.1.60", "11.0.25");

    static final String OPENS_LINE =
            "CATALINA_OPTS=\"$CATALINA_OPTS --add-opens=java.base/sun.security.ssl=ALL-UNNAMED\"";

    private TomcatDistribution() {}

    /** The jar into {@code lib}, the line into {@code server.xml}, and what the engine needs. */
    static void install(TomcatBase base, String engine) throws IOException {
        base.addJar(ContainerArchive.dropInJar("tomcat"));
        base.addListener("<Listener className=\"dev.gangway.tomcat.GangwayListener\""
                + " keys=\"file:${catalina.base}/conf/ticket.keys\" engine=\"" + engine + "\" pollInterval=\""
                + FleetKeys.POLL_INTERVAL + "\"/>");
        switch (engine) {
            case "jdk" -> base.addToSetenv(OPENS_LINE);
            case "conscrypt" -> base.addJar(ContainerArchive.file("conscrypt-openjdk-uber-2.6.0.jar"));
            default -> throw new IllegalArgumentException(engine);
        }
    }
}
