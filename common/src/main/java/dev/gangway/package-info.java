/**
 * Ticket-only TLS session resumption for any server that uses an {@link javax.net.ssl.SSLContext}, and the classes that
 * applications on Jetty and Tomcat use in addition to the extension for their container.
 *
 * <p>This package, {@code dev.gangway.jetty}, {@code dev.gangway.tomcat}, {@code dev.gangway.micrometer} and {@code
 * dev.gangway.status} are the public API. Everything in a package named {@code internal} may change at any time.
 */
package dev.gangway;
