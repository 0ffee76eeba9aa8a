/** Shared tickets in another server than Jetty and Tomcat, which only needs to accept an {@code SSLContext}. */
package dev.gangway.examples.jsse;
