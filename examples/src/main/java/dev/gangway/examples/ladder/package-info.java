/** The records of a connection, and a drawing of them. */
package dev.gangway.examples.ladder;
