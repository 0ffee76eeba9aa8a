/** Compares fleets of three servers: what a connection costs them, with and without shared tickets. */
package dev.gangway.benchmarks.fleet;
