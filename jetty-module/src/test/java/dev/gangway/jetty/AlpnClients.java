package dev.gangway.jetty;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.TicketClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** A separate JVM with a server and a client for each HTTP version, which prints the responses. */
final class AlpnClients {
    private AlpnClients() {}

    public static void main(String[] arguments) throws Exception {
        GangwaySslContextFactory factory = new GangwaySslContextFactory();
        factory.setKeyStore(Certificates.keyStore(Certificates.server("localhost")));
        factory.setKeyStorePassword("changeit");
        factory.setKeys("random:");
        factory.setEngine(arguments[0]);
        try (JettyNode node = JettyNode.start(factory)) {
            for (HttpClient.Version version : List.of(HttpClient.Version.HTTP_2, HttpClient.Version.HTTP_1_1)) {
                System.out.println(version + ": " + get(node.port(), version));
            }
        }
        // The clients' threads continue for a while.
        System.exit(0);
    }

    private static String get(int port, HttpClient.Version version) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(TicketClient.of("TLSv1.3").context())
                .version(version)
                .build();
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return "served " + response.version() + " " + response.body();
        } catch (IOException e) {
            return "refused " + e;
        }
    }
}
