/** Embedded Jetty and Tomcat with one TLS connector. */
package dev.gangway.examples.container;
