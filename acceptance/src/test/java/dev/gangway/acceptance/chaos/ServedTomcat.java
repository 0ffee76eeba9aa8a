package dev.gangway.acceptance.chaos;

import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.ClientCertificateHeader;
import dev.gangway.testing.ResponseBytes;
import dev.gangway.tomcat.GangwayListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** Embedded Tomcat. */
final class ServedTomcat implements Served {
    private static final String PASSWORD = String.valueOf(Certificates.PASSWORD);
    private static final String PROTOCOLS = "TLSv1.2+TLSv1.3";

    private final ServerSettings settings;
    private final Tomcat tomcat = new Tomcat();
    private final Connector connector = new Connector();
    private final SSLHostConfig host = new SSLHostConfig();
    private final SSLHostConfigCertificate certificate =
            new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    private final GangwayListener listener = new GangwayListener();

    private ServedTomcat(ServerSettings settings) {
        this.settings = settings;
    }

    static Served start(ServerSettings settings) throws Exception {
        ServedTomcat served = new ServedTomcat(settings);
        served.configure();
        served.tomcat.start();
        return served;
    }

    private void configure() {
        Path base = settings.keyFile().toAbsolutePath().getParent().resolveSibling("tomcat");
        tomcat.setBaseDir(base.toString());
        connector.setThrowOnFailure(true);
        connector.setPort(0);
        connector.setSecure(true);
        connector.setScheme("https");
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("SSLEnabled", "true");
        // Tomcat's time limits use the system clock: if it jumps, Tomcat would close all connections.
        connector.setProperty("connectionTimeout", "-1");
        connector.addUpgradeProtocol(new Http2Protocol());
        host.setProtocols(PROTOCOLS);
        if (settings.hasClientAuthority()) {
            host.setCertificateVerification("optional");
            host.setTruststoreFile(settings.clientAuthority());
            host.setTruststorePassword(PASSWORD);
        }
        certificate.setCertificateKeystoreFile(settings.certificates().get(0).toString());
        certificate.setCertificateKeystorePassword(PASSWORD);
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
        tomcat.setConnector(connector);
        listener.setKeys("file:" + settings.keyFile());
        listener.setEngine(settings.engine());
        listener.setTicketLifetime(ServerSettings.TICKET_LIFETIME);
        listener.setPollInterval(ServerSettings.POLL_INTERVAL);
        tomcat.getServer().addLifecycleListener(listener);
        tomcat.getServer().setParentClassLoader(ServedTomcat.class.getClassLoader());
        Context root = tomcat.addContext("", null);
        Tomcat.addServlet(root, "answers", new Answers()).addMapping("/");
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public TicketKeyManager manager() {
        return ManagerOf.extension(listener);
    }

    @Override
    public void reload(Reload what) {
        Path present = Path.of(certificate.getCertificateKeystoreFile());
        switch (what) {
            case NOTHING -> reload();
            case RENEWED_CERTIFICATE -> {
                certificate.setCertificateKeystoreFile(
                        settings.otherCertificate(present).toString());
                reload();
            }
            case WRONG_PASSWORD -> {
                certificate.setCertificateKeystorePassword("wrong");
                reloadAndThen(() -> certificate.setCertificateKeystorePassword(PASSWORD));
            }
            case UNKNOWN_PROTOCOL -> {
                host.setProtocols("TLSv9");
                reloadAndThen(() -> host.setProtocols(PROTOCOLS));
            }
            case MISSING_KEY_STORE -> {
                certificate.setCertificateKeystoreFile(
                        present.resolveSibling("does-not-exist.p12").toString());
                reloadAndThen(() -> certificate.setCertificateKeystoreFile(present.toString()));
            }
        }
    }

    // Unlike in Jetty, settings of Tomcat change before a reload, and keep their values if it fails.
    private void reloadAndThen(Runnable mend) {
        try {
            reload();
        } finally {
            mend.run();
        }
    }

    private void reload() {
        ((AbstractHttp11Protocol<?>) connector.getProtocolHandler()).reloadSslHostConfigs();
    }

    @Override
    public void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    private static final class Answers extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            ClientCertificateHeader.value(
                            (X509Certificate[]) request.getAttribute("jakarta.servlet.request.X509Certificate"))
                    .ifPresent(subject -> response.setHeader(ClientCertificateHeader.NAME, subject));
            byte[] body = ResponseBytes.askedBy(request.getQueryString())
                    .orElseGet(() -> ChaosServer.PAGE.getBytes(StandardCharsets.US_ASCII));
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
