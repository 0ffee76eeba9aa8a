package dev.gangway.examples.container;

import dev.gangway.examples.certificate.ServerKeyStore;
import java.util.List;
import javax.net.ssl.SSLSessionContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Embedded Jetty. */
public final class EmbeddedJetty implements TlsContainer {
    private final Server server;
    private final SslContextFactory.Server tls;
    private final ServerConnector connector;

    private EmbeddedJetty(Server server, SslContextFactory.Server tls, ConnectionFactory... protocols) {
        this.server = server;
        this.tls = tls;
        connector = new ServerConnector(server, protocols);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
    }

    /**
     * A server for HTTP/1.1 only, not yet started.
     *
     * @param tls given the key store here
     */
    public static EmbeddedJetty http1(SslContextFactory.Server tls, ServerKeyStore keyStore, int maxThreads) {
        use(keyStore, tls);
        HttpConnectionFactory http1 = new HttpConnectionFactory(configuration());
        return new EmbeddedJetty(server(maxThreads), tls, new SslConnectionFactory(tls, http1.getProtocol()), http1);
    }

    /**
     * A server for HTTP/1.1 and HTTP/2, not yet started.
     *
     * @param tls given the key store here
     */
    public static EmbeddedJetty http2(SslContextFactory.Server tls, ServerKeyStore keyStore, int maxThreads) {
        use(keyStore, tls);
        HttpConfiguration http = configuration();
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        HttpConnectionFactory http1 = new HttpConnectionFactory(http);
        alpn.setDefaultProtocol(http1.getProtocol());
        return new EmbeddedJetty(
                server(maxThreads),
                tls,
                new SslConnectionFactory(tls, alpn.getProtocol()),
                alpn,
                new HTTP2ServerConnectionFactory(http),
                http1);
    }

    private static void use(ServerKeyStore keyStore, SslContextFactory.Server tls) {
        tls.setKeyStorePath(keyStore.file().toUri().toString());
        tls.setKeyStorePassword(keyStore.password());
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.addCustomizer(new SecureRequestCustomizer());
        return http;
    }

    private static Server server(int maxThreads) {
        return new Server(new QueuedThreadPool(maxThreads));
    }

    public Server server() {
        return server;
    }

    public ServerConnector connector() {
        return connector;
    }

    /**
     * Starts the server, or closes it if that fails.
     *
     * @param handler answers all requests
     * @throws Exception the reason why Jetty does not start
     */
    public void start(Handler handler) throws Exception {
        server.setHandler(handler);
        try {
            server.start();
        } catch (Throwable e) {
            close();
            throw e;
        }
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
}
