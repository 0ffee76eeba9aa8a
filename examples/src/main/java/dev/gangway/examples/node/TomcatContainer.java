package dev.gangway.examples.node;

import dev.gangway.TicketSettings;
import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.files.TemporaryDirectory;
import dev.gangway.tomcat.GangwayListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSessionContext;
import org.apache.catalina.Globals;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLSupport;

/** Embedded Tomcat. With Gangway it differs from stock in nothing but one listener on the server. */
final class TomcatContainer implements TlsContainer {
    private final Tomcat tomcat;
    private final Connector connector;
    private final TemporaryDirectory base;

    private TomcatContainer(Tomcat tomcat, Connector connector, TemporaryDirectory base) {
        this.tomcat = tomcat;
        this.connector = connector;
        this.base = base;
    }

    /** @throws Exception whatever keeps Tomcat from starting */
    static TomcatContainer start(NodeSettings settings, ServerKeyStore keyStore, NodeAnswers answers) throws Exception {
        TemporaryDirectory base = TemporaryDirectory.make("gangway-tomcat");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(base.path().toString());
        Connector connector = connector(keyStore);
        tomcat.setConnector(connector);
        if (!settings.stock()) {
            for (SSLHostConfig host : connector.findSslHostConfigs()) {
                host.setCipherSuites(String.join(",", FleetCipherSuites.TLS_1_3));
                host.setCiphers(String.join(",", FleetCipherSuites.TLS_1_2));
                host.setHonorCipherOrder(true);
            }
            tomcat.getServer().addLifecycleListener(ticketOnly(settings.gangway()));
        }
        TomcatContainer container = new TomcatContainer(tomcat, connector, base);
        StandardContext context = (StandardContext) tomcat.addContext("", null);
        // Both look for leaks of redeployed applications, need JVM flags of their own, and warn without.
        context.setClearReferencesThreadLocals(false);
        context.setClearReferencesRmiTargets(false);
        Tomcat.addServlet(context, "node", container.new NodeServlet(answers)).addMapping("/*");
        try {
            tomcat.start();
        } catch (Throwable e) {
            container.close();
            throw e;
        }
        return container;
    }

    private static Connector connector(ServerKeyStore keyStore) {
        Connector connector = new Connector();
        // Otherwise Tomcat logs what is wrong with its only connector, and goes on without it.
        connector.setThrowOnFailure(true);
        connector.setPort(0);
        connector.setSecure(true);
        connector.setScheme("https");
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("SSLEnabled", "true");
        connector.addUpgradeProtocol(new Http2Protocol());
        SSLHostConfig host = new SSLHostConfig();
        host.setProtocols("TLSv1.2+TLSv1.3");
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        // Tomcat takes a relative path from its own base directory.
        certificate.setCertificateKeystoreFile(keyStore.file().toAbsolutePath().toString());
        certificate.setCertificateKeystorePassword(keyStore.password());
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
        return connector;
    }

    private static GangwayListener ticketOnly(TicketSettings settings) {
        GangwayListener listener = new GangwayListener();
        listener.configure(settings);
        return listener;
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public List<SSLSessionContext> sessionCaches() {
        return Arrays.stream(connector.findSslHostConfigs())
                .flatMap(host -> host.getCertificates().stream())
                .map(certificate -> certificate.getSslContext().getServerSessionContext())
                .toList();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat does not stop", e);
        } finally {
            // Tomcat leaves it set for the whole JVM, and the next one would make this directory again.
            System.getProperties()
                    .remove(
                            Globals.CATALINA_HOME_PROP,
                            tomcat.getServer().getCatalinaHome().getPath());
            base.close();
        }
    }

    private final class NodeServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient NodeAnswers answers;

        NodeServlet(NodeAnswers answers) {
            this.answers = answers;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Answer answer = answers.to(
                    new Exchange(
                            request.getRequestURI(),
                            request.getRemotePort(),
                            (String) request.getAttribute(SSLSupport.SECURE_PROTOCOL_KEY),
                            (String) request.getAttribute(SSLSupport.CIPHER_SUITE_KEY)),
                    TomcatContainer.this);
            byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
            response.setStatus(answer.status());
            response.setContentType("application/json");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
