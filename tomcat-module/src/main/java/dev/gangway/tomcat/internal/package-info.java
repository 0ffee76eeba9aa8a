/** What the Tomcat extension and its engine {@code openssl} have in common. May change at any time. */
package dev.gangway.tomcat.internal;
