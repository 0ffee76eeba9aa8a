package dev.gangway.acceptance.interop;

import java.util.List;

/** {@code gnutls-cli}. */
public final class GnuTlsClient {
    private GnuTlsClient() {}

    /**
     * Connects to 127.0.0.1, and once more with the session of the first connection.
     *
     * @param tls {@code TLS1.2} or {@code TLS1.3}
     * @return what it prints, with {@code This is a resumed session} if that is what the second connection was
     */
    public static String connectTwice(int port, String tls) throws Exception {
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
