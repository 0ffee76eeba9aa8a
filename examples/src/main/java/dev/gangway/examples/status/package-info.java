/** The status page of a fleet, by plain HTTP on the loopback interface. */
package dev.gangway.examples.status;
