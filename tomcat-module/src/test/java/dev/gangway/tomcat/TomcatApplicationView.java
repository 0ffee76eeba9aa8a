package dev.gangway.tomcat;

import dev.gangway.testing.ApplicationView;
import dev.gangway.testing.ApplicationViewContract;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;

/** A servlet in Tomcat. */
abstract class TomcatApplicationView extends ApplicationViewContract {
    private static final String DEFAULT_HOST = "_default_";

    @Override
    protected final String container() {
        return "Tomcat";
    }

    @Override
    protected final Node start(String engine, String keys, Path keyStore, Path trustStore) throws Exception {
        GangwayListener listener = new GangwayListener();
        listener.setKeys(keys);
        listener.setEngine(engine);
        TomcatNode node = new TomcatNode(folder)
                .withHost(DEFAULT_HOST, keyStore)
                .withLogin("CN=client")
                .with(listener);
        Context context = (Context) node.tomcat.getHost().findChild("");
        Tomcat.addServlet(context, "view", new HttpServlet() {
                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                        byte[] body = ApplicationView.write(
                                request::getAttribute, protocolOf(request), request.getUserPrincipal());
                        response.setContentLength(body.length);
                        response.getOutputStream().write(body);
                    }
                })
                .addMapping("/view");
        SSLHostConfig host = node.host(DEFAULT_HOST);
        host.setTruststoreFile(trustStore.toString());
        host.setTruststorePassword("changeit");
        host.setCertificateVerification("required");
        node.start();
        return new Node(node.port(), node::close);
    }

    // The first name is of Servlet 6.1, the second one of Tomcat before that.
    private static String protocolOf(HttpServletRequest request) {
        Object protocol = request.getAttribute("jakarta.servlet.request.secure_protocol");
        return String.valueOf(
                protocol == null
                        ? request.getAttribute("org.apache.tomcat.util.net.secure_protocol_version")
                        : protocol);
    }
}
