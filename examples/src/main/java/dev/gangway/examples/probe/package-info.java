/** A client that connects again and again, keeps its tickets, and judges from the wire whether they were taken. */
package dev.gangway.examples.probe;
