package dev.gangway.acceptance.chaos;

import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.container.EmbeddedJetty;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.jetty.GangwaySslContextFactory;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.ClientCertificateHeader;
import dev.gangway.testing.ResponseBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Embedded Jetty. */
final class ServedJetty implements Served {
    private static final int MAX_THREADS = 200;
    private static final String PASSWORD = String.valueOf(Certificates.PASSWORD);

    private final ServerSettings settings;
    private final GangwaySslContextFactory tls = new GangwaySslContextFactory();
    private EmbeddedJetty jetty;
    private Path certificate;

    private ServedJetty(ServerSettings settings) {
        this.settings = settings;
        this.certificate = settings.certificates().get(0);
    }

    static Served start(ServerSettings settings) throws Exception {
        ServedJetty served = new ServedJetty(settings);
        served.configure();
        served.jetty.start(new Answers());
        return served;
    }

    private void configure() {
        tls.setKeys("file:" + settings.keyFile());
        tls.setEngine(settings.engine());
        tls.setTicketLifetime(ServerSettings.TICKET_LIFETIME);
        tls.setPollInterval(ServerSettings.POLL_INTERVAL);
        if (settings.hasClientAuthority()) {
            tls.setWantClientAuth(true);
            tls.setTrustStorePath(uri(Path.of(settings.clientAuthority())));
            tls.setTrustStorePassword(PASSWORD);
        }
        jetty = EmbeddedJetty.http2(tls, new ServerKeyStore(certificate, PASSWORD), MAX_THREADS);
        jetty.connector().addBean(new SslHandshakeListener() {
            // Jetty reports failed handshakes only to listeners.
            @Override
            public void handshakeFailed(Event event, Throwable failure) {
                failure.printStackTrace();
            }
        });
        tls.attachTo(jetty.server());
    }

    @Override
    public int port() {
        return jetty.port();
    }

    @Override
    public TicketKeyManager manager() {
        return ManagerOf.extension(tls);
    }

    @Override
    public void reload(Reload what) throws Exception {
        Path renewed = settings.otherCertificate(certificate);
        Consumer<SslContextFactory> change = switch (what) {
            case NOTHING -> factory -> {};
            case RENEWED_CERTIFICATE -> factory -> factory.setKeyStorePath(uri(renewed));
            case WRONG_PASSWORD -> factory -> factory.setKeyStorePassword("wrong");
            case UNKNOWN_PROTOCOL -> factory -> factory.setIncludeProtocols("TLS1.3");
            case MISSING_KEY_STORE ->
                factory -> factory.setKeyStorePath(uri(renewed.resolveSibling("does-not-exist.p12")));
        };
        tls.reload(change);
        if (what == Reload.RENEWED_CERTIFICATE) {
            certificate = renewed;
        }
    }

    @Override
    public void stop() {
        jetty.close();
    }

    private static String uri(Path file) {
        return file.toUri().toString();
    }

    private static final class Answers extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            EndPoint.SslSessionData session =
                    (EndPoint.SslSessionData) request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE);
            ClientCertificateHeader.value(session.peerCertificates())
                    .ifPresent(subject -> response.getHeaders().put(ClientCertificateHeader.NAME, subject));
            byte[] body = ResponseBytes.askedBy(request.getHttpURI().getQuery())
                    .orElseGet(() -> ChaosServer.PAGE.getBytes(StandardCharsets.US_ASCII));
            response.write(true, ByteBuffer.wrap(body), callback);
            return true;
        }
    }
}
