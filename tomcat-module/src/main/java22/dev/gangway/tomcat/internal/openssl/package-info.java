/**
 * Shared ticket keys for Tomcat's OpenSSL, through the foreign function interface of Java 22. Compiled separately, and
 * loaded by name only; see {@link dev.gangway.tomcat.internal.OpenSslSupport}.
 */
package dev.gangway.tomcat.internal.openssl;
