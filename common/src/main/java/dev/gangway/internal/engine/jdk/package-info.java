/**
 * SunJSSE, the JDK's own TLS. Its server session context keeps ticket keys in a private map; this package puts a map of
 * its own in that place, which answers with shared keys.
 */
package dev.gangway.internal.engine.jdk;
