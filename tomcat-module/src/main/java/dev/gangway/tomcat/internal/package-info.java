/** Classes that the Tomcat extension and its engine {@code openssl} share. May change at any time. */
package dev.gangway.tomcat.internal;
