package dev.gangway.benchmarks.server;

import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.files.TemporaryDirectory;
import dev.gangway.tomcat.GangwayListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.Globals;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** Embedded Tomcat. */
final class MeasuredTomcat implements MeasuredServer {
    private final Tomcat tomcat;
    private final Connector connector;
    private final TemporaryDirectory base;

    private MeasuredTomcat(Tomcat tomcat, Connector connector, TemporaryDirectory base) {
        this.tomcat = tomcat;
        this.connector = connector;
        this.base = base;
    }

    /** @throws Exception whatever keeps Tomcat from starting */
    static MeasuredTomcat start(Kind kind, String engine, ServerKeyStore keyStore) throws Exception {
        TemporaryDirectory base = TemporaryDirectory.make("gangway-tomcat");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(base.path().toString());
        Connector connector = connector(keyStore);
        tomcat.setConnector(connector);
        if (kind != Kind.STOCK) {
            tomcat.getServer().addLifecycleListener(gangway(engine));
        }
        StandardContext context = (StandardContext) tomcat.addContext("", null);
        // Both look for leaks of redeployed applications, need JVM flags of their own, and warn without.
        context.setClearReferencesThreadLocals(false);
        context.setClearReferencesRmiTargets(false);
        Tomcat.addServlet(context, "answering", new Answering()).addMapping("/*");
        MeasuredTomcat started = new MeasuredTomcat(tomcat, connector, base);
        try {
            tomcat.start();
        } catch (Throwable e) {
            started.close();
            throw e;
        }
        return started;
    }

    private static Connector connector(ServerKeyStore keyStore) {
        Connector connector = new Connector();
        connector.setThrowOnFailure(true);
        connector.setPort(0);
        connector.setSecure(true);
        connector.setScheme("https");
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("SSLEnabled", "true");
        SSLHostConfig host = new SSLHostConfig();
        host.setProtocols("TLSv1.2+TLSv1.3");
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystoreFile(keyStore.file().toString());
        certificate.setCertificateKeystorePassword(keyStore.password());
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
        return connector;
    }

    private static GangwayListener gangway(String engine) {
        GangwayListener listener = new GangwayListener();
        listener.setKeys("random:");
        listener.setEngine(engine);
        return listener;
    }

    @Override
    public int port() {
        return connector.getLocalPort();
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

    private static final class Answering extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
