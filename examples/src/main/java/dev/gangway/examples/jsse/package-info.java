/** A server that is neither Jetty nor Tomcat: whatever takes an {@code SSLContext} shares tickets. */
package dev.gangway.examples.jsse;
