/**
 * Ticket-only TLS session resumption for any server that uses an {@link javax.net.ssl.SSLContext}, and what applications
 * on Jetty and Tomcat may use beside their container's own extension.
 *
 * <p>This package, {@code dev.gangway.jetty}, {@code dev.gangway.tomcat}, {@code dev.gangway.micrometer} and {@code
 * dev.gangway.status} are the public API. Everything below a package named {@code internal} may change at any time.
 */
package dev.gangway;
