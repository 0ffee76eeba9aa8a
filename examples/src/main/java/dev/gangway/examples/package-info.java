/** Gangway at work: a node, a fleet of nodes behind a balancer, a client that measures, and a demonstration of all. */
package dev.gangway.examples;
