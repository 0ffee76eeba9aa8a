package dev.gangway.examples.node;

import dev.gangway.TicketSettings;
import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.container.EmbeddedJetty;
import dev.gangway.examples.container.TlsContainer;
import dev.gangway.jetty.GangwaySslContextFactory;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A node in embedded Jetty. Gangway needs only another class for the TLS configuration, and its settings. */
final class JettyContainer {
    private static final int MAX_THREADS = 32;

    private JettyContainer() {}

    /** @throws Exception the reason why Jetty does not start */
    static TlsContainer start(NodeSettings settings, ServerKeyStore keyStore, NodeAnswers answers) throws Exception {
        SslContextFactory.Server tls =
                settings.stock() ? new SslContextFactory.Server() : ticketOnly(settings.gangway());
        // Like Tomcat by default: BoringSSL resumes another node's tickets only if both nodes choose the same cipher
        // suite.
        tls.setUseCipherSuitesOrder(false);
        EmbeddedJetty jetty = EmbeddedJetty.http2(tls, keyStore, MAX_THREADS);
        if (tls instanceof GangwaySslContextFactory gangway) {
            gangway.attachTo(jetty.server());
        }
        jetty.start(new NodeHandler(answers, jetty));
        return jetty;
    }

    private static SslContextFactory.Server ticketOnly(TicketSettings settings) {
        GangwaySslContextFactory tls = new GangwaySslContextFactory();
        tls.setIncludeCipherSuites(FleetCipherSuites.ALL.toArray(new String[0]));
        tls.configure(settings);
        return tls;
    }

    private static final class NodeHandler extends Handler.Abstract.NonBlocking {
        private final NodeAnswers answers;
        private final TlsContainer container;

        NodeHandler(NodeAnswers answers, TlsContainer container) {
            this.answers = answers;
            this.container = container;
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
                    container);
            response.setStatus(answer.status());
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            Content.Sink.write(response, true, answer.json(), callback);
            return true;
        }
    }
}
