package dev.gangway.examples.node;

/**
 * What a container knows of a request.
 *
 * @param remotePort where the connection comes from
 * @param protocol such as {@code TLSv1.3}
 */
record Exchange(String path, int remotePort, String protocol, String cipherSuite) {}
