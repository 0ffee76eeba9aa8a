package dev.gangway.status;

import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.security.Credential;

/**
 * The web application with its {@code web.xml}, in an embedded container. User {@code operator} has the required role, user
 * {@code guest} another one; the password of both is {@code secret}.
 *
 * @param secure a port whose requests are treated like requests over TLS
 * @param plain a port whose requests do not
 */
record ServedWebApplication(String container, int secure, int plain, Stop stop) {
    private static final String ROOT = "src/main/webapp";
    private static final String REALM = "Gangway status";

    static ServedWebApplication inTomcat(Path folder) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        Connector secure = new Connector();
        secure.setPort(0);
        secure.setSecure(true);
        secure.setScheme("https");
        Connector plain = new Connector();
        plain.setPort(0);
        for (Connector connector : List.of(secure, plain)) {
            connector.setProperty("address", "127.0.0.1");
            connector.setAllowTrace(true);
            tomcat.getService().addConnector(connector);
        }
        tomcat.setAddDefaultWebXmlToWebapp(false);
        tomcat.addWebapp("/gangway-status", Path.of(ROOT).toAbsolutePath().toString());
        tomcat.addUser("operator", "secret");
        tomcat.addRole("operator", "gangway-status");
        tomcat.addUser("guest", "secret");
        tomcat.addRole("guest", "other");
        tomcat.start();
        return new ServedWebApplication("Tomcat", secure.getLocalPort(), plain.getLocalPort(), () -> {
            tomcat.stop();
            tomcat.destroy();
        });
    }

    static ServedWebApplication inJetty() throws Exception {
        Server server = new Server();
        HttpConfiguration behindTls = new HttpConfiguration();
        behindTls.addCustomizer((request, headers) -> new Request.Wrapper(request) {
            @Override
            public boolean isSecure() {
                return true;
            }
        });
        ServerConnector secure = new ServerConnector(server, new HttpConnectionFactory(behindTls));
        ServerConnector plain = new ServerConnector(server);
        for (ServerConnector connector : List.of(secure, plain)) {
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
        }
        WebAppContext application = new WebAppContext(ROOT, "/gangway-status");
        UserStore users = new UserStore();
        users.addUser("operator", Credential.getCredential("secret"), new String[] {"gangway-status"});
        users.addUser("guest", Credential.getCredential("secret"), new String[] {"other"});
        HashLoginService login = new HashLoginService(REALM);
        login.setUserStore(users);
        application.getSecurityHandler().setLoginService(login);
        application.setThrowUnavailableOnStartupException(true);
        server.setHandler(application);
        server.start();
        return new ServedWebApplication("Jetty", secure.getLocalPort(), plain.getLocalPort(), server::stop);
    }

    /** Stops the container. */
    interface Stop {
        void now() throws Exception;
    }

    @Override
    public String toString() {
        return container;
    }
}
