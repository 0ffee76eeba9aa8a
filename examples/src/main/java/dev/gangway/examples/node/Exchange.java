package dev.gangway.examples.node;

/**
 * The properties of a request, as a container knows them.
 *
 * @param remotePort the port from which the connection comes
 * @param protocol such as {@code TLSv1.3}
 */
record Exchange(String path, int remotePort, String protocol, String cipherSuite) {}
