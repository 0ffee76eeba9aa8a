package dev.gangway.acceptance.interop;

import java.util.List;

/** {@code curl}. */
public final class CurlClient {
    private CurlClient() {}

    /**
     * One request to 127.0.0.1, preferring HTTP/2.
     *
     * @return the answer's body, then in a line of its own protocol and status, such as {@code HTTP/2 200}
     */
    public static String get(int port) throws Exception {
        return ExternalCommand.run(
                List.of(
                        "curl",
                        "--silent",
                        "--show-error",
                        "--insecure",
                        "--http2",
                        "--write-out",
                        "\nHTTP/%{http_version} %{http_code}",
                        "https://127.0.0.1:" + port + "/"),
                "");
    }

    /**
     * One request to 127.0.0.1 over HTTP/1.1, on a connection of its own.
     *
     * @param tls such as {@code 1.3}
     * @return how many bytes of the file came within 20 seconds
     */
    public static int download(int port, String file, String tls) throws Exception {
        return Integer.parseInt(ExternalCommand.run(
                        List.of(
                                "curl",
                                "--silent",
                                "--insecure",
                                "--http1.1",
                                "--tlsv" + tls,
                                "--tls-max",
                                tls,
                                "--max-time",
                                "20",
                                "--output",
                                "/dev/null",
                                "--write-out",
                                "%{size_download}",
                                "https://127.0.0.1:" + port + "/" + file),
                        "")
                .strip());
    }
}
