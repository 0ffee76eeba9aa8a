package dev.gangway.acceptance.interop;

import java.util.ArrayList;
import java.util.List;

/** {@code curl}. */
public final class CurlClient {
    private CurlClient() {}

    /**
     * One request to 127.0.0.1, preferring HTTP/2.
     *
     * @return the body of the response, then on a separate line protocol and status, such as {@code HTTP/2 200}
     */
    public static String get(int port) throws Exception {
        return request("\nHTTP/%{http_version} %{http_code}", "https://127.0.0.1:" + port + "/");
    }

    /**
     * One request to {@code localhost}, preferring HTTP/2.
     *
     * @return protocol and status, such as {@code HTTP/2 200}
     */
    public static String status(int port) throws Exception {
        return request(
                "HTTP/%{http_version} %{http_code}",
                "https://localhost/", "--output", "/dev/null", "--connect-to", "localhost:443:127.0.0.1:" + port);
    }

    private static String request(String writeOut, String url, String... options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("curl", "--silent", "--show-error", "--insecure", "--http2", "--write-out", writeOut));
        command.addAll(List.of(options));
        command.add(url);
        return ExternalCommand.run(command, "");
    }

    /**
     * One request to 127.0.0.1 over HTTP/1.1, on a new connection.
     *
     * @param tls such as {@code 1.3}
     * @return how many bytes of the file arrive within 20 seconds
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
