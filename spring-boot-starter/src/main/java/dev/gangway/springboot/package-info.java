/** Auto-configuration of ticket-only TLS session resumption in Spring Boot. */
package dev.gangway.springboot;
