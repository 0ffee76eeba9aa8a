/** Tests each connector of a running server through its own socket, and tells what that means for the state of its keys. */
package dev.gangway.internal.selftest;
