package dev.gangway.jetty;

import dev.gangway.testing.ClientCertificateHeader;
import dev.gangway.testing.ResponseBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
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

/** A Jetty with HTTP/1.1 and HTTP/2 over TLS on a free port of the loopback interface. */
final class JettyNode implements AutoCloseable {
    final SslContextFactory.Server tls;
    final Server server;
    final HttpConfiguration http;
    final ServerConnector connector;

    JettyNode(SslContextFactory.Server tls, SecureRequestCustomizer customizer) {
        this(new Server(), with(customizer), tls);
    }

    private JettyNode(Server server, HttpConfiguration http, SslContextFactory.Server tls) {
        this.server = server;
        this.http = http;
        this.tls = tls;
        HttpConnectionFactory http1 = new HttpConnectionFactory(http);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        connector = new ServerConnector(
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
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                if (request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE)
                        instanceof EndPoint.SslSessionData tlsSession) {
                    ClientCertificateHeader.value(tlsSession.peerCertificates())
                            .ifPresent(subject -> response.getHeaders().put(ClientCertificateHeader.NAME, subject));
                }
                byte[] body = ResponseBytes.askedBy(request.getHttpURI().getQuery())
                        .orElseGet(() ->
                                request.getConnectionMetaData().getProtocol().getBytes(StandardCharsets.UTF_8));
                response.write(true, ByteBuffer.wrap(body), callback);
                return true;
            }
        });
    }

    /** Configures a server before it has a connector, as XML does, and returns the TLS configuration of the connector. */
    interface Configuration {
        SslContextFactory.Server apply(Server server, HttpConfiguration http) throws Exception;
    }

    /** A node that is not yet started. */
    static JettyNode configured(SecureRequestCustomizer customizer, Configuration configuration) throws Exception {
        Server server = new Server();
        HttpConfiguration http = with(customizer);
        return new JettyNode(server, http, configuration.apply(server, http));
    }

    private static HttpConfiguration with(SecureRequestCustomizer customizer) {
        HttpConfiguration http = new HttpConfiguration();
        http.addCustomizer(customizer);
        return http;
    }

    static JettyNode start(SslContextFactory.Server tls) throws Exception {
        return start(tls, new SecureRequestCustomizer());
    }

    static JettyNode start(SslContextFactory.Server tls, SecureRequestCustomizer customizer) throws Exception {
        JettyNode node = new JettyNode(tls, customizer);
        try {
            node.server.start();
            return node;
        } catch (Throwable e) {
            node.close();
            throw e;
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    int cachedSessions() {
        return Collections.list(tls.getSslContext().getServerSessionContext().getIds())
                .size();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty does not stop", e);
        }
    }
}
