package dev.gangway.acceptance.chaos;

import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.jetty.GangwaySslContextFactory;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.ClientCertificateHeader;
import dev.gangway.testing.ResponseBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
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

/** Embedded Jetty. */
final class ServedJetty implements Served {
    private static final String PASSWORD = String.valueOf(Certificates.PASSWORD);

    private final ServerSettings settings;
    private final Server server = new Server();
    private final GangwaySslContextFactory tls = new GangwaySslContextFactory();
    private ServerConnector connector;
    private Path certificate;

    private ServedJetty(ServerSettings settings) {
        this.settings = settings;
        this.certificate = settings.certificates().get(0);
    }

    static Served start(ServerSettings settings) throws Exception {
        ServedJetty jetty = new ServedJetty(settings);
        jetty.configure();
        jetty.tls.attachTo(jetty.server);
        jetty.server.start();
        return jetty;
    }

    private void configure() {
        tls.setKeyStorePath(uri(certificate));
        tls.setKeyStorePassword(PASSWORD);
        tls.setKeys("file:" + settings.keyFile());
        tls.setEngine(settings.engine());
        tls.setTicketLifetime(ServerSettings.TICKET_LIFETIME);
        tls.setPollInterval(ServerSettings.POLL_INTERVAL);
        if (settings.hasClientAuthority()) {
            tls.setWantClientAuth(true);
            tls.setTrustStorePath(uri(Path.of(settings.clientAuthority())));
            tls.setTrustStorePassword(PASSWORD);
        }
        HttpConfiguration http = new HttpConfiguration();
        http.addCustomizer(new SecureRequestCustomizer());
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
        connector.addBean(new SslHandshakeListener() {
            // Jetty tells nobody else.
            @Override
            public void handshakeFailed(Event event, Throwable failure) {
                failure.printStackTrace();
            }
        });
        server.addConnector(connector);
        server.setHandler(new Answers());
    }

    @Override
    public int port() {
        return connector.getLocalPort();
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
    public void stop() throws Exception {
        server.stop();
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
