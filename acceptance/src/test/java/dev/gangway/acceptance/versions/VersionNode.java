package dev.gangway.acceptance.versions;

import dev.gangway.TicketSettings;
import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.jsse.JdkHttpsNode;
import java.nio.file.Path;

/** One node with engine {@code jdk} on some Java version, as a separate process, which ends with its standard input. */
final class VersionNode {
    static final String READY = "READY ";

    private VersionNode() {}

    /** @param args the setting {@code keys}, the key store and its password */
    public static void main(String[] args) throws Exception {
        TicketSettings settings = TicketSettings.ofKeys(args[0]).withEngine("jdk");
        try (JdkHttpsNode node = JdkHttpsNode.start(settings, new ServerKeyStore(Path.of(args[1]), args[2]), 0)) {
            System.out.println(READY + node.port() + " "
                    + String.join(",", node.ticketKeys().getTicketFormats()));
            while (System.in.read() >= 0) {
                // There is no input before its end.
            }
        }
    }
}
