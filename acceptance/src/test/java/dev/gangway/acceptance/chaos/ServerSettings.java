package dev.gangway.acceptance.chaos;

import java.nio.file.Path;
import java.util.List;

/**
 * The settings of a {@link ChaosServer}.
 *
 * @param certificates files of two key stores, the one in use first
 * @param clientAuthority the file of a trust store, if the server requests client certificates; otherwise empty
 */
record ServerSettings(String container, String engine, Path keyFile, List<Path> certificates, String clientAuthority) {
    static final String TICKET_LIFETIME = "10m";
    static final String PERIOD = "20m";
    /** The shortest possible interval, because the test waits for two of them repeatedly. */
    static final String POLL_INTERVAL = "100ms";

    List<String> toArguments() {
        return List.of(
                container,
                engine,
                keyFile.toString(),
                certificates.get(0).toString(),
                certificates.get(1).toString(),
                clientAuthority);
    }

    static ServerSettings of(String[] arguments) {
        return new ServerSettings(
                arguments[0],
                arguments[1],
                Path.of(arguments[2]),
                List.of(Path.of(arguments[3]), Path.of(arguments[4])),
                arguments[5]);
    }

    boolean hasClientAuthority() {
        return !clientAuthority.isEmpty();
    }

    Path otherCertificate(Path present) {
        return certificates.get(0).equals(present) ? certificates.get(1) : certificates.get(0);
    }
}
