package dev.gangway.acceptance.versions;

import dev.gangway.TicketSettings;
import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.jsse.JdkHttpsNode;
import java.nio.file.Path;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** One node with engine {@code jdk} on some Java version, as a separate process, which ends with its standard input. */
final class VersionNode {
    static final String READY = "READY ";

    private VersionNode() {}

    /**
     * @param args the setting {@code keys}, the key store and its password; then, for a security provider in front of the JDK's
     *     own, {@code BC} or a configuration file of SunPKCS11
     */
    public static void main(String[] args) throws Exception {
        if (args.length > 3) {
            Security.insertProviderAt(
                    args[3].equals("BC")
                            ? new BouncyCastleProvider()
                            : Security.getProvider("SunPKCS11").configure(args[3]),
                    1);
        }
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
