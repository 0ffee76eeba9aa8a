package dev.gangway.benchmarks.server;

import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.container.EmbeddedJetty;
import dev.gangway.examples.container.TlsContainer;
import dev.gangway.jetty.GangwaySslContextFactory;
import java.security.Security;
import org.conscrypt.Conscrypt;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The Jetty that is measured. */
final class MeasuredJetty {
    private static final int MAX_THREADS = 16;

    private MeasuredJetty() {}

    /** @throws Exception the reason why Jetty does not start */
    static TlsContainer start(Kind kind, String engine, ServerKeyStore keyStore) throws Exception {
        EmbeddedJetty jetty = EmbeddedJetty.http1(factory(kind, engine), keyStore, MAX_THREADS);
        jetty.start(new AnswerHandler());
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

    private static final class AnswerHandler extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Content.Sink.write(response, true, MeasuringClient.ANSWER, callback);
            return true;
        }
    }
}
