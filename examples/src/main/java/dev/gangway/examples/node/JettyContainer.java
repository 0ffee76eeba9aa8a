package dev.gangway.examples.node;

import dev.gangway.TicketSettings;
import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.jetty.GangwaySslContextFactory;
import java.util.List;
import javax.net.ssl.SSLSessionContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Embedded Jetty. With Gangway it differs from stock in nothing but the TLS configuration's class and its settings. */
final class JettyContainer implements TlsContainer {
    private static final int MAX_THREADS = 32;

    private final Server server;
    private final ServerConnector connector;
    private final SslContextFactory.Server tls;

    private JettyContainer(Server server, ServerConnector connector, SslContextFactory.Server tls) {
        this.server = server;
        this.connector = connector;
        this.tls = tls;
    }

    /** @throws Exception whatever keeps Jetty from starting */
    static JettyContainer start(NodeSettings settings, ServerKeyStore keyStore, NodeAnswers answers) throws Exception {
        SslContextFactory.Server tls =
                settings.stock() ? new SslContextFactory.Server() : ticketOnly(settings.gangway());
        tls.setKeyStorePath(keyStore.file().toUri().toString());
        tls.setKeyStorePassword(keyStore.password());
        // As Tomcat does by default: nodes that choose cipher suites alike resume each other's tickets on BoringSSL
        // too.
        tls.setUseCipherSuitesOrder(false);

        HttpConfiguration http = new HttpConfiguration();
        http.addCustomizer(new SecureRequestCustomizer());
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        HttpConnectionFactory http1 = new HttpConnectionFactory(http);
        alpn.setDefaultProtocol(http1.getProtocol());

        Server server = new Server(new QueuedThreadPool(MAX_THREADS));
        ServerConnector connector = new ServerConnector(
                server,
                new SslConnectionFactory(tls, alpn.getProtocol()),
                alpn,
                new HTTP2ServerConnectionFactory(http),
                http1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        if (tls instanceof GangwaySslContextFactory gangway) {
            gangway.attachTo(server);
        }
        JettyContainer container = new JettyContainer(server, connector, tls);
        server.setHandler(container.new NodeHandler(answers));
        try {
            server.start();
        } catch (Throwable e) {
            container.close();
            throw e;
        }
        return container;
    }

    private static SslContextFactory.Server ticketOnly(TicketSettings settings) {
        GangwaySslContextFactory tls = new GangwaySslContextFactory();
        tls.setIncludeCipherSuites(FleetCipherSuites.ALL.toArray(new String[0]));
        tls.configure(settings);
        return tls;
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public List<SSLSessionContext> sessionCaches() {
        return List.of(tls.getSslContext().getServerSessionContext());
    }

    @Override
    public void close() {
        try {
            server.stop();
            server.destroy();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty does not stop", e);
        }
    }

    private final class NodeHandler extends Handler.Abstract.NonBlocking {
        private final NodeAnswers answers;

        NodeHandler(NodeAnswers answers) {
            this.answers = answers;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            EndPoint.SslSessionData session =
                    (EndPoint.SslSessionData) request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE);
            Answer answer = answers.to(
                    new Exchange(
                            Request.getPathInContext(request),
                            Request.getRemotePort(request),
                            session.sslSession().getProtocol(),
                            session.cipherSuite()),
                    JettyContainer.this);
            response.setStatus(answer.status());
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            Content.Sink.write(response, true, answer.json(), callback);
            return true;
        }
    }
}
