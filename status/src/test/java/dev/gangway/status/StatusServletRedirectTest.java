package dev.gangway.status;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The servlet at {@code /status/*} in another application, requested without the slash. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusServletRedirectTest {
    @TempDir
    static Path folder;

    private Tomcat tomcat;
    private Server jetty;
    private int tomcatPort;
    private int jettyPort;

    @BeforeAll
    void start() throws Exception {
        tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", folder.toString());
        context.addServletContainerInitializer((classes, application) -> add(application), Set.of());
        tomcat.start();
        tomcatPort = connector.getLocalPort();

        jetty = new Server();
        ServerConnector plain = new ServerConnector(jetty);
        plain.setHost("127.0.0.1");
        jetty.addConnector(plain);
        ServletContextHandler application = new ServletContextHandler("/");
        application.addServletContainerInitializer((classes, servletContext) -> add(servletContext));
        jetty.setHandler(application);
        jetty.start();
        jettyPort = plain.getLocalPort();
    }

    private static void add(ServletContext application) {
        ServletRegistration.Dynamic status = application.addServlet("status", new StatusServlet());
        status.setInitParameter(StatusServlet.ROLE_PARAMETER, "");
        status.addMapping("/status/*");
    }

    @AfterAll
    void stop() throws Exception {
        jetty.stop();
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void get_withoutTheSlashBehindAProxyWithAPrefix_isSentToThePageOfTheProxy() throws Exception {
        URI asked = URI.create("https://proxy.example/nodes/one/status");
        for (int port : new int[] {tomcatPort, jettyPort}) {
            assertThat(asked.resolve(location(port, "/status"))).hasToString("https://proxy.example/nodes/one/status/");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"//status", "//evil.example/..;/status", "//evil.example/../status", "/status;//evil.example"})
    void get_pathThatNamesAnotherHost_isNotSentThere(String path) throws Exception {
        URI asked = URI.create("https://own.example/status");
        for (int port : new int[] {tomcatPort, jettyPort}) {
            String answer = answer(port, path);
            if (answer.startsWith("HTTP/1.1 30")) {
                assertThat(asked.resolve(locationIn(answer)).getHost()).isEqualTo("own.example");
            } else {
                assertThat(answer).startsWith("HTTP/1.1 4");
            }
        }
    }

    private static String location(int port, String path) throws Exception {
        return locationIn(answer(port, path));
    }

    private static String locationIn(String answer) {
        return answer.lines()
                .filter(line -> line.regionMatches(true, 0, "Location:", 0, 9))
                .map(line -> line.substring(9).trim())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no Location in: " + answer));
    }

    // Not with a client that normalizes the path.
    private static String answer(int port, String path) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: own.example\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
