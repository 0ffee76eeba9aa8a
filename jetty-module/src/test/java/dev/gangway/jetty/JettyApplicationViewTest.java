package dev.gangway.jetty;

import dev.gangway.testing.ApplicationView;
import dev.gangway.testing.ApplicationViewContract;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.servlet.security.ConstraintMapping;
import org.eclipse.jetty.ee11.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.security.AnyUserLoginService;
import org.eclipse.jetty.security.Constraint;
import org.eclipse.jetty.security.authentication.SslClientCertAuthenticator;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.junit.jupiter.api.Tag;

/** A servlet in Jetty. */
@Tag("container")
class JettyApplicationViewTest extends ApplicationViewContract {
    @Override
    protected String container() {
        return "Jetty";
    }

    @Override
    protected List<String> engines() {
        return List.of("jdk", "conscrypt");
    }

    @Override
    protected Node start(String engine, String keys, Path keyStore, Path trustStore) throws Exception {
        GangwaySslContextFactory factory = new GangwaySslContextFactory();
        factory.setKeyStorePath(keyStore.toString());
        factory.setKeyStorePassword("changeit");
        factory.setTrustStorePath(trustStore.toString());
        factory.setTrustStorePassword("changeit");
        factory.setNeedClientAuth(true);
        factory.setKeys(keys);
        factory.setEngine(engine);
        JettyNode node = JettyNode.configured(new SecureRequestCustomizer(), (server, http) -> factory);
        node.server.setHandler(servlet(factory));
        node.server.start();
        return new Node(node.port(), node::close);
    }

    private static ServletContextHandler servlet(GangwaySslContextFactory factory) {
        ServletContextHandler context =
                new ServletContextHandler("/", ServletContextHandler.SESSIONS | ServletContextHandler.SECURITY);
        context.addServlet(
                new ServletHolder(new HttpServlet() {
                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                        byte[] body = ApplicationView.write(
                                request::getAttribute, protocolOf(request), request.getUserPrincipal());
                        response.setContentLength(body.length);
                        response.getOutputStream().write(body);
                    }
                }),
                "/view");
        ConstraintSecurityHandler login = (ConstraintSecurityHandler) context.getSecurityHandler();
        ConstraintMapping everything = new ConstraintMapping();
        everything.setPathSpec("/*");
        everything.setConstraint(Constraint.ANY_USER);
        login.addConstraintMapping(everything);
        SslClientCertAuthenticator byCertificate = new SslClientCertAuthenticator(factory);
        // The connector has done it.
        byCertificate.setValidateCerts(false);
        login.setAuthenticator(byCertificate);
        login.setLoginService(new AnyUserLoginService("clients", null));
        return context;
    }

    // Jetty has no attribute of its own for it.
    private static String protocolOf(HttpServletRequest request) {
        return ((EndPoint.SslSessionData) request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE))
                .sslSession()
                .getProtocol();
    }
}
