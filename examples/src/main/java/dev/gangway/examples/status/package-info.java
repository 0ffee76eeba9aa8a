/** The status page of a fleet, with plain HTTP on the loopback interface. */
package dev.gangway.examples.status;
