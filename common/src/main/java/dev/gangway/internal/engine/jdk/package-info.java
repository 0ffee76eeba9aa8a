/**
 * SunJSSE, the JDK's own TLS. Its server session context keeps ticket keys in a private map; this package replaces that
 * map with its own, which returns shared keys.
 */
package dev.gangway.internal.engine.jdk;
