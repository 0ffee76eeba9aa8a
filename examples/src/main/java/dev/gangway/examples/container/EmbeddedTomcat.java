package dev.gangway.examples.container;

import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.files.TemporaryDirectory;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSessionContext;
import org.apache.catalina.Globals;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Server;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** Embedded Tomcat. */
public final class EmbeddedTomcat implements TlsContainer {
    private final TemporaryDirectory base;
    private final Tomcat tomcat = new Tomcat();
    private final Connector connector = new Connector();
    private final SSLHostConfig host = new SSLHostConfig();

    private EmbeddedTomcat(TemporaryDirectory base) {
        this.base = base;
    }

    /** A server for HTTP/1.1, not yet started. */
    public static EmbeddedTomcat with(ServerKeyStore keyStore) throws IOException {
        EmbeddedTomcat embedded = new EmbeddedTomcat(TemporaryDirectory.make("gangway-tomcat"));
        embedded.tomcat.setBaseDir(embedded.base.path().toString());
        embedded.configureHost(keyStore);
        embedded.configureConnector();
        return embedded;
    }

    private void configureHost(ServerKeyStore keyStore) {
        host.setProtocols("TLSv1.2+TLSv1.3");
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        // Tomcat resolves a relative path against its own base directory.
        certificate.setCertificateKeystoreFile(keyStore.file().toAbsolutePath().toString());
        certificate.setCertificateKeystorePassword(keyStore.password());
        host.addCertificate(certificate);
    }

    private void configureConnector() {
        // By default, Tomcat only logs that a connector does not start, and continues without it.
        connector.setThrowOnFailure(true);
        connector.setPort(0);
        connector.setSecure(true);
        connector.setScheme("https");
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("SSLEnabled", "true");
        connector.addSslHostConfig(host);
        tomcat.setConnector(connector);
    }

    public Server server() {
        return tomcat.getServer();
    }

    public Connector connector() {
        return connector;
    }

    /** The TLS settings of the connector's only TLS host. */
    public SSLHostConfig host() {
        return host;
    }

    /**
     * Starts the server, or closes it if that fails.
     *
     * @param servlet answers all requests
     * @throws LifecycleException the reason why Tomcat does not start
     */
    public void start(HttpServlet servlet) throws LifecycleException {
        StandardContext context = (StandardContext) tomcat.addContext("", null);
        // These searches for leaks of redeployed applications need JVM flags, and log warnings without them.
        context.setClearReferencesThreadLocals(false);
        context.setClearReferencesRmiTargets(false);
        Tomcat.addServlet(context, "servlet", servlet).addMapping("/*");
        try {
            tomcat.start();
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public List<SSLSessionContext> sessionCaches() {
        return Arrays.stream(connector.findSslHostConfigs())
                .flatMap(each -> each.getCertificates().stream())
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
            // Tomcat leaves this property set for the whole JVM, and the next Tomcat would create the directory again.
            System.getProperties()
                    .remove(
                            Globals.CATALINA_HOME_PROP,
                            tomcat.getServer().getCatalinaHome().getPath());
            base.close();
        }
    }
}
