package dev.gangway.examples.node;

import dev.gangway.TicketSettings;
import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.container.EmbeddedTomcat;
import dev.gangway.examples.container.TlsContainer;
import dev.gangway.tomcat.GangwayListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLSupport;

/** A node in embedded Tomcat. Gangway needs only one listener on the server. */
final class TomcatContainer {
    private TomcatContainer() {}

    /** @throws Exception the reason why Tomcat does not start */
    static TlsContainer start(NodeSettings settings, ServerKeyStore keyStore, NodeAnswers answers) throws Exception {
        EmbeddedTomcat tomcat = EmbeddedTomcat.with(keyStore);
        tomcat.connector().addUpgradeProtocol(new Http2Protocol());
        if (!settings.stock()) {
            SSLHostConfig host = tomcat.host();
            host.setCipherSuites(String.join(",", FleetCipherSuites.TLS_1_3));
            host.setCiphers(String.join(",", FleetCipherSuites.TLS_1_2));
            host.setHonorCipherOrder(true);
            tomcat.server().addLifecycleListener(ticketOnly(settings.gangway()));
        }
        tomcat.start(new NodeServlet(answers, tomcat));
        return tomcat;
    }

    private static GangwayListener ticketOnly(TicketSettings settings) {
        GangwayListener listener = new GangwayListener();
        listener.configure(settings);
        return listener;
    }

    private static final class NodeServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient NodeAnswers answers;
        private final transient TlsContainer container;

        NodeServlet(NodeAnswers answers, TlsContainer container) {
            this.answers = answers;
            this.container = container;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Answer answer = answers.to(
                    new Exchange(
                            request.getRequestURI(),
                            request.getRemotePort(),
                            (String) request.getAttribute(SSLSupport.SECURE_PROTOCOL_KEY),
                            (String) request.getAttribute(SSLSupport.CIPHER_SUITE_KEY)),
                    container);
            byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
            response.setStatus(answer.status());
            response.setContentType("application/json");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
