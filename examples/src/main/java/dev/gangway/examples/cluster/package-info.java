/** A fleet on one machine: node processes behind a balancer, and the key file they share. */
package dev.gangway.examples.cluster;
