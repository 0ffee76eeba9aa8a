package dev.gangway.examples.node;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.testing.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** An HTTP client that trusts one certificate, connects anew for each request, and keeps its tickets. */
final class NodeClient {
    private final SSLContext context = SSLContext.getInstance("TLS");
    private final HttpClient.Version http;
    private final String tls;

    NodeClient(ServerKeyStore trusted, HttpClient.Version http, String tls) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted.load());
        context.init(null, trust.getTrustManagers(), null);
        this.http = http;
        this.tls = tls;
    }

    HttpResponse<String> get(int port, String path) throws Exception {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {tls});
        HttpClient client = HttpClient.newBuilder()
                .sslContext(context)
                .sslParameters(parameters)
                .version(http)
                .connectTimeout(Await.TIMEOUT)
                .build();
        return client.send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
                        .timeout(Await.TIMEOUT)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    Map<String, Object> getJson(int port, String path) throws Exception {
        return JSON.std.mapFrom(get(port, path).body());
    }
}
