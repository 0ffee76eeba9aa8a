/** Tests each connector of a running server through its own socket, and derives the state of its keys. */
package dev.gangway.internal.selftest;
