package dev.gangway.acceptance.distribution;

import dev.gangway.acceptance.interop.ExternalCommand;
import dev.gangway.acceptance.interop.GnuTlsClient;
import dev.gangway.examples.relay.RelayListener;
import dev.gangway.examples.relay.TcpRelay;
import java.util.List;

/** {@code curl} and {@code gnutls-cli}, on distributions. */
final class OtherClients {
    private OtherClients() {}

    /** One request of curl, which prefers HTTP/2; gives protocol and status, such as {@code HTTP/2 200}. */
    static String curl(int port) throws Exception {
        return ExternalCommand.run(
                List.of(
                        "curl",
                        "--silent",
                        "--show-error",
                        "--insecure",
                        "--http2",
                        "--output",
                        "/dev/null",
                        "--write-out",
                        "HTTP/%{http_version} %{http_code}",
                        "--connect-to",
                        "localhost:443:127.0.0.1:" + port,
                        "https://localhost/"),
                "");
    }

    /** What gnutls-cli says that connects to one node, and then, with the ticket, to the other. */
    static String gnutlsAcross(int portA, int portB, String tls) throws Exception {
        try (TcpRelay balancer = TcpRelay.start(0, List.of(portA, portB), new RelayListener() {})) {
            return GnuTlsClient.connectTwice(balancer.port(), tls.replace("tls1_", "TLS1."));
        }
    }
}
