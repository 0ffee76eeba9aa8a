package dev.gangway.examples.node;

import java.util.List;
import javax.net.ssl.SSLSessionContext;

/** A started web server with one TLS connector, HTTP/1.1 and HTTP/2, on the loopback interface. */
interface TlsContainer extends AutoCloseable {
    int port();

    /** The server session cache of each of its TLS contexts. */
    List<SSLSessionContext> sessionCaches();

    @Override
    void close();
}
