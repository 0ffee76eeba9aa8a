package dev.gangway.benchmarks.server;

import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.container.EmbeddedJetty;
import dev.gangway.examples.container.TlsContainer;
import dev.gangway.jetty.GangwaySslContextFactory;
import java.security.Security;
import java.util.stream.Stream;
import org.conscrypt.Conscrypt;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The Jetty that is measured. */
public final class MeasuredJetty {
    private static final int MAX_THREADS = 16;

    private MeasuredJetty() {}

    /** @throws Exception the reason why Jetty does not start */
    public static TlsContainer start(MeasuredServer settings) throws Exception {
        return start(factory(settings), settings);
    }

    /** @throws Exception the reason why Jetty does not start */
    public static TlsContainer start(SslContextFactory.Server tls, MeasuredServer settings) throws Exception {
        if (settings.trusted().isPresent()) {
            ServerKeyStore trusted = settings.trusted().get();
            tls.setTrustStorePath(trusted.file().toUri().toString());
            tls.setTrustStorePassword(trusted.password());
            tls.setNeedClientAuth(true);
        }
        if (settings.aes128Only()) {
            tls.setIncludeCipherSuites(
                    Stream.concat(Stream.of(MeasuredServer.AES_128_TLS_1_3), MeasuredServer.AES_128_TLS_1_2.stream())
                            .toArray(String[]::new));
        }
        EmbeddedJetty jetty = EmbeddedJetty.http1(tls, settings.keyStore(), MAX_THREADS);
        jetty.connector().setAcceptQueueSize(Answer.BACKLOG);
        if (settings.directBuffers()) {
            SslConnectionFactory connections = jetty.connector().getConnectionFactory(SslConnectionFactory.class);
            connections.setDirectBuffersForEncryption(true);
            connections.setDirectBuffersForDecryption(true);
        }
        jetty.start(new AnswerHandler());
        return jetty;
    }

    /** Jetty's own factory, not yet started. */
    public static SslContextFactory.Server stock(String engine) {
        SslContextFactory.Server stock = new SslContextFactory.Server();
        if (engine.equals("conscrypt")) {
            Security.addProvider(Conscrypt.newProvider());
            stock.setProvider("Conscrypt");
        }
        return stock;
    }

    private static SslContextFactory.Server factory(MeasuredServer settings) {
        if (settings.kind() == Kind.STOCK) {
            return stock(settings.engine());
        }
        GangwaySslContextFactory gangway = new GangwaySslContextFactory();
        gangway.setKeys(settings.keys());
        gangway.setEngine(settings.engine());
        gangway.setPollInterval(Answer.POLL_INTERVAL);
        return gangway;
    }

    private static final class AnswerHandler extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Content.Sink.write(response, true, Answer.BODY, callback);
            return true;
        }
    }
}
