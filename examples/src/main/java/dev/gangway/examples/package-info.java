/** Examples of Gangway: a node, a fleet of nodes behind a balancer, a client that measures, and a demonstration. */
package dev.gangway.examples;
