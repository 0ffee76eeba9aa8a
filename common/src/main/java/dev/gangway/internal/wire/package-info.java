/** Reads the plaintext part of TLS handshakes from the bytes on the wire. Knows nothing of keys or engines. */
package dev.gangway.internal.wire;
