/** Stock fleets and Gangway fleets side by side, and both handshake flows as they went over the wire. */
package dev.gangway.examples.demo;
