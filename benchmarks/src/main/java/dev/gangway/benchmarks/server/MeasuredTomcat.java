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

/** The Tomcat that is measured. */
final class MeasuredTomcat {
    private MeasuredTomcat() {}

    /** @throws Exception the reason why Tomcat does not start */
    static TlsContainer start(Kind kind, String engine, ServerKeyStore keyStore) throws Exception {
        EmbeddedTomcat tomcat = EmbeddedTomcat.with(keyStore);
        if (kind != Kind.STOCK) {
            tomcat.server().addLifecycleListener(gangway(engine));
        }
        tomcat.start(new AnswerServlet());
        return tomcat;
    }

    private static GangwayListener gangway(String engine) {
        GangwayListener listener = new GangwayListener();
        listener.setKeys("random:");
        listener.setEngine(engine);
        return listener;
    }

    private static final class AnswerServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            byte[] body = MeasuringClient.ANSWER.getBytes(StandardCharsets.UTF_8);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
