package dev.gangway.benchmarks.server;

import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.container.EmbeddedTomcat;
import dev.gangway.examples.container.TlsContainer;
import dev.gangway.tomcat.GangwayListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.core.OpenSSLLifecycleListener;

/** The Tomcat that is measured. */
public final class MeasuredTomcat {
    private MeasuredTomcat() {}

    /** @throws Exception the reason why Tomcat does not start */
    public static TlsContainer start(MeasuredServer settings) throws Exception {
        EmbeddedTomcat tomcat = EmbeddedTomcat.with(settings.keyStore());
        tomcat.connector().setProperty("acceptCount", String.valueOf(Answer.BACKLOG));
        if (settings.directBuffers()) {
            tomcat.connector().setProperty("socket.directBuffer", "true");
            tomcat.connector().setProperty("socket.directSslBuffer", "true");
        }
        if (settings.aes128Only()) {
            tomcat.host().setCipherSuites(MeasuredServer.AES_128_TLS_1_3);
            tomcat.host().setCiphers(String.join(",", MeasuredServer.AES_128_TLS_1_2));
        }
        if (settings.trusted().isPresent()) {
            ServerKeyStore trusted = settings.trusted().get();
            tomcat.host().setTruststoreFile(trusted.file().toAbsolutePath().toString());
            tomcat.host().setTruststorePassword(trusted.password());
            tomcat.host().setCertificateVerification("required");
        }
        if (settings.kind() != Kind.STOCK) {
            tomcat.server().addLifecycleListener(gangway(settings));
        } else if (settings.engine().equals("openssl")) {
            // Then connectors use OpenSSL.
            tomcat.server().addLifecycleListener(new OpenSSLLifecycleListener());
        }
        tomcat.start(new AnswerServlet());
        return tomcat;
    }

    private static GangwayListener gangway(MeasuredServer settings) {
        GangwayListener listener = new GangwayListener();
        listener.setKeys(settings.keys());
        listener.setEngine(settings.engine());
        listener.setPollInterval(Answer.POLL_INTERVAL);
        return listener;
    }

    private static final class AnswerServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            byte[] body = Answer.BODY.getBytes(StandardCharsets.UTF_8);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
