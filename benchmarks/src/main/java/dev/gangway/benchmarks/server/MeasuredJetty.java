package dev.gangway.benchmarks.server;

import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.jetty.GangwaySslContextFactory;
import java.security.Security;
import org.conscrypt.Conscrypt;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Embedded Jetty. */
final class MeasuredJetty implements MeasuredServer {
    private static final int MAX_THREADS = 16;

    private final Server server;
    private final ServerConnector connector;

    private MeasuredJetty(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /** @throws Exception whatever keeps Jetty from starting */
    static MeasuredJetty start(Kind kind, String engine, ServerKeyStore keyStore) throws Exception {
        SslContextFactory.Server tls = factory(kind, engine);
        tls.setKeyStorePath(keyStore.file().toUri().toString());
        tls.setKeyStorePassword(keyStore.password());
        HttpConfiguration http = new HttpConfiguration();
        http.addCustomizer(new SecureRequestCustomizer());
        Server server = new Server(new QueuedThreadPool(MAX_THREADS));
        ServerConnector connector = new ServerConnector(server, tls, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Answering());
        MeasuredJetty jetty = new MeasuredJetty(server, connector);
        try {
            server.start();
        } catch (Throwable e) {
            jetty.close();
            throw e;
        }
        return jetty;
    }

    private static SslContextFactory.Server factory(Kind kind, String engine) {
        if (kind == Kind.STOCK) {
            SslContextFactory.Server stock = new SslContextFactory.Server();
            if (engine.equals("conscrypt")) {
                Security.addProvider(Conscrypt.newProvider());
                stock.setProvider("Conscrypt");
            }
            return stock;
        }
        GangwaySslContextFactory gangway = new GangwaySslContextFactory();
        gangway.setKeys("random:");
        gangway.setEngine(engine);
        return gangway;
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty does not stop", e);
        }
    }

    private static final class Answering extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Content.Sink.write(response, true, ANSWER, callback);
            return true;
        }
    }
}
