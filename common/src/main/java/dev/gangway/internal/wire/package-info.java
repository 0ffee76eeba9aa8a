/** Reads the plaintext part of TLS handshakes from the bytes on the wire. Does not depend on keys or engines. */
package dev.gangway.internal.wire;
