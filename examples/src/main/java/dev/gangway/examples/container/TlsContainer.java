package dev.gangway.examples.container;

import java.util.List;
import javax.net.ssl.SSLSessionContext;

/** An embedded web server with one TLS connector, on a free port of the loopback interface. */
public interface TlsContainer extends AutoCloseable {
    /** The port, once the server is started. */
    int port();

    /** The server session cache of each TLS context of the connector. */
    List<SSLSessionContext> sessionCaches();

    @Override
    void close();
}
