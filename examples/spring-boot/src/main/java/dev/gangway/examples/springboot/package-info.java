/** A Spring Boot application that shares ticket keys with others. */
package dev.gangway.examples.springboot;
