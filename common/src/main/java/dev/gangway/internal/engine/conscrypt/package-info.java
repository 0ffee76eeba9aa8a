/**
 * Conscrypt, whose BoringSSL keeps two ticket keys in native memory and offers no way to set them. This package finds
 * them there and writes them; {@code docs/conscrypt.md} explains what is read and written, and why that is safe.
 */
package dev.gangway.internal.engine.conscrypt;
