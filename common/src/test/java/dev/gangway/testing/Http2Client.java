package dev.gangway.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The JDK's HTTP client, with a preference for HTTP/2, over TLS 1.3. */
public final class Http2Client {
    private final HttpClient client = HttpClient.newBuilder()
            .sslContext(TicketClient.of("TLSv1.3").context())
            .version(HttpClient.Version.HTTP_2)
            .build();

    /** Requests {@code /} of {@code host}; connections stay open for further requests. */
    public HttpResponse<String> get(String host, int port) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("https://" + host + ":" + port + "/"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
