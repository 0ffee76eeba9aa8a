package dev.gangway.examples.interop;

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
}
