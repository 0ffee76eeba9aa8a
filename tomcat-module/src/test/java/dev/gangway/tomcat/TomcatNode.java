package dev.gangway.tomcat;

import dev.gangway.testing.ClientCertificateHeader;
import dev.gangway.testing.ResponseBytes;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.authenticator.SSLAuthenticator;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.descriptor.web.SecurityCollection;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** A Tomcat with HTTP/1.1 and HTTP/2 over TLS on a free port of the loopback interface. */
final class TomcatNode implements AutoCloseable {
    static final String NIO = "org.apache.coyote.http11.Http11NioProtocol";
    static final String NIO2 = "org.apache.coyote.http11.Http11Nio2Protocol";

    final Tomcat tomcat = new Tomcat();
    private final Connector connector;
    private final Connector second = new Connector(NIO);

    TomcatNode(Path folder) {
        this(folder, NIO);
    }

    TomcatNode(Path folder, String protocolHandler) {
        connector = new Connector(protocolHandler);
        tomcat.setBaseDir(folder.toString());
        configure(connector);
        connector.addUpgradeProtocol(new Http2Protocol());
        tomcat.setConnector(connector);
        tomcat.getServer().setParentClassLoader(TomcatNode.class.getClassLoader());
        Context root = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(root, "echo", new HttpServlet() {
                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                        ClientCertificateHeader.value((X509Certificate[])
                                        request.getAttribute("jakarta.servlet.request.X509Certificate"))
                                .ifPresent(subject -> response.setHeader(ClientCertificateHeader.NAME, subject));
                        byte[] body = ResponseBytes.askedBy(request.getQueryString())
                                .orElseGet(() -> request.getProtocol().getBytes(StandardCharsets.UTF_8));
                        response.setContentLength(body.length);
                        response.getOutputStream().write(body);
                    }
                })
                .addMapping("/");
    }

    /** A TLS host with one certificate for each key store file. */
    TomcatNode withHost(String name, Path... keyStores) {
        connector.addSslHostConfig(newHost(name, keyStores));
        return this;
    }

    /** A TLS host whose certificate and key are in PEM files. */
    TomcatNode withPemHost(String name, Path certificateFile, Path keyFile) {
        SSLHostConfig host = newHost(name);
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateFile(certificateFile.toString());
        certificate.setCertificateKeyFile(keyFile.toString());
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
        return this;
    }

    /** Adds another connector, with an {@code sslImplementationName}. */
    TomcatNode withSecondConnector(String implementation, Path keyStore) {
        configure(second);
        second.setProperty("sslImplementationName", implementation);
        second.addSslHostConfig(newHost("_default_", keyStore));
        tomcat.getService().addConnector(second);
        return this;
    }

    /** Accepts only requests with a client certificate of one of {@code subjects}, as the login. */
    TomcatNode withLogin(String... subjects) {
        Context context = (Context) tomcat.getHost().findChild("");
        SecurityCollection everything = new SecurityCollection();
        everything.addPattern("/*");
        SecurityConstraint constraint = new SecurityConstraint();
        constraint.addAuthRole("known");
        constraint.addCollection(everything);
        context.addConstraint(constraint);
        context.addSecurityRole("known");
        context.setLoginConfig(new LoginConfig("CLIENT-CERT", null, null, null));
        context.getPipeline().addValve(new SSLAuthenticator());
        for (String subject : subjects) {
            tomcat.addUser(subject, "");
            tomcat.addRole(subject, "known");
        }
        return this;
    }

    private static void configure(Connector connector) {
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("SSLEnabled", "true");
        connector.setScheme("https");
        connector.setSecure(true);
    }

    private static SSLHostConfig newHost(String name, Path... keyStores) {
        SSLHostConfig host = new SSLHostConfig();
        host.setHostName(name);
        for (int i = 0; i < keyStores.length; i++) {
            SSLHostConfigCertificate certificate = new SSLHostConfigCertificate(host, type(keyStores.length, i));
            certificate.setCertificateKeystoreFile(keyStores[i].toString());
            certificate.setCertificateKeystorePassword("changeit");
            host.addCertificate(certificate);
        }
        return host;
    }

    // Two certificates of one host must be of different types.
    private static SSLHostConfigCertificate.Type type(int certificates, int index) {
        if (certificates == 1) {
            return SSLHostConfigCertificate.Type.UNDEFINED;
        }
        return index == 0 ? SSLHostConfigCertificate.Type.EC : SSLHostConfigCertificate.Type.RSA;
    }

    SSLHostConfig host(String name) {
        return Stream.of(connector.findSslHostConfigs())
                .filter(host -> host.getHostName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    Connector connector() {
        return connector;
    }

    TomcatNode with(GangwayListener listener) {
        tomcat.getServer().addLifecycleListener(listener);
        return this;
    }

    TomcatNode start() throws LifecycleException {
        try {
            tomcat.start();
            return this;
        } catch (LifecycleException | RuntimeException e) {
            close();
            throw e;
        }
    }

    AbstractHttp11Protocol<?> protocol() {
        return (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
    }

    int port() {
        return connector.getLocalPort();
    }

    int secondPort() {
        return second.getLocalPort();
    }

    int mostCachedSessionsInAContext() {
        return Stream.of(connector.findSslHostConfigs())
                .flatMap(host -> host.getCertificates().stream())
                .mapToInt(certificate -> Collections.list(certificate
                                .getSslContext()
                                .getServerSessionContext()
                                .getIds())
                        .size())
                .max()
                .orElseThrow();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat does not stop", e);
        }
    }
}
