package dev.gangway.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.Http2Client;
import dev.gangway.testing.TicketClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.xml.XmlConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that is configured with {@code etc/gangway.xml} after Jetty's own XML files. */
@Tag("container")
class ModuleXmlTest {
    private static final Path XML = Path.of("src/main/distribution/etc/gangway.xml");

    private final BlockingQueue<String> accessLog = new LinkedBlockingQueue<>();
    private JettyNode node;

    @BeforeEach
    void startServer() throws Exception {
        SslContextFactory.Server stock = new SslContextFactory.Server();
        stock.setKeyStore(Certificates.keyStore(Certificates.server("localhost")));
        stock.setKeyStorePassword("changeit");
        node = JettyNode.configured(new SecureRequestCustomizer(), (server, http) -> {
            XmlConfiguration xml = new XmlConfiguration(ResourceFactory.root().newResource(XML.toUri()));
            xml.getIdMap().putAll(Map.of("Server", server, "sslContextFactory", stock, "sslHttpConfig", http));
            xml.getProperties().put("gangway.keys", "random:");
            xml.configure();
            return (GangwaySslContextFactory) xml.getIdMap().get("sslContextFactory");
        });
        node.server.setRequestLog(
                new CustomRequestLog(accessLog::add, "%s %{dev.gangway.resumed}attr %{dev.gangway.outcome}attr"));
        node.server.start();
    }

    @AfterEach
    void stopServer() {
        node.close();
    }

    @Test
    void accessLog_requestThatJettyServes_hasTheAttributes() throws Exception {
        get("localhost");
        assertThat(nextLine()).isEqualTo("200 false full-without-ticket");
    }

    /** A request under a name that is not in the certificate, which users of the README may send. */
    @Test
    void accessLog_requestThatJettyRejectsForItsServerName_hasTheAttributes() throws Exception {
        TicketClient client = TicketClient.of("TLSv1.3");
        assertThat(headWithoutServerName(client)).startsWith("HTTP/1.1 400");
        assertThat(nextLine()).isEqualTo("400 false full-without-ticket");

        assertThat(headWithoutServerName(client)).startsWith("HTTP/1.1 400");
        assertThat(nextLine()).isEqualTo("400 true resumed-active-key");
    }

    @Test
    void accessLog_requestThatJettyRejectsOverHttp2_hasTheAttributes() throws Exception {
        assertThat(get("127.0.0.1")).isEqualTo(400);
        assertThat(nextLine()).isEqualTo("400 false full-without-ticket");
    }

    private int get(String host) throws Exception {
        HttpResponse<String> response = new Http2Client().get(host, node.port());
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        return response.statusCode();
    }

    private String headWithoutServerName(TicketClient client) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) client.context().getSocketFactory().createSocket("127.0.0.1", node.port())) {
            socket.getOutputStream().write("HEAD / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private String nextLine() throws InterruptedException {
        String line = accessLog.poll(20, TimeUnit.SECONDS);
        assertThat(line).as("a line in the access log").isNotNull();
        return line;
    }
}
