package dev.gangway.acceptance.interop;

import dev.gangway.examples.relay.RelayListener;
import dev.gangway.examples.relay.TcpRelay;
import java.util.List;

/** {@code gnutls-cli}. */
public final class GnuTlsClient {
    private GnuTlsClient() {}

    /** {@link #connectTwice} through a balancer: the first connection goes to one port, the second to the other. */
    public static String connectAcross(int first, int second, String tls) throws Exception {
        try (TcpRelay balancer = TcpRelay.start(0, List.of(first, second), new RelayListener() {})) {
            return connectTwice(balancer.port(), tls);
        }
    }

    /**
     * Connects to 127.0.0.1 twice, the second time with the session of the first connection.
     *
     * @param tls {@code TLS1.2} or {@code TLS1.3}
     * @return what it prints, with {@code This is a resumed session} if the second connection was resumed
     */
    private static String connectTwice(int port, String tls) throws Exception {
        return ExternalCommand.run(
                List.of(
                        "gnutls-cli",
                        "--insecure",
                        "--resume",
                        "--waitresumption",
                        "--sni-hostname=localhost",
                        "--priority=NORMAL:-VERS-ALL:+VERS-" + tls,
                        "--port=" + port,
                        "127.0.0.1"),
                "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }
}
