package dev.gangway;

/**
 * An application's own source of session ticket encryption keys, such as a secrets manager. It returns the content of a
 * key file.
 *
 * <pre>{@code
 * final class Vault implements KeySource {
 *     public byte[] read() throws KeySourceException {
 *         try {
 *             return vault.secret("gangway");
 *         } catch (VaultException e) {
 *             throw new KeySourceException("the vault cannot give the secret 'gangway': " + e.getMessage(), e);
 *         }
 *     }
 *
 *     public String name() {
 *         return "vault:gangway";
 *     }
 * }
 * }</pre>
 *
 * <p>All nodes of a fleet must get the same keys. If a read fails, or the content cannot be used, the last good keys
 * stay in use, and the state, the log and {@code Fault} in JMX give the reason. A server does not start without keys.
 */
public interface KeySource {
    /**
     * Reads the current keys, in one of the formats of a key file: a keyset as {@code keys new} makes it, one raw key
     * of 48 or 80 bytes, or lines of base64 in HAProxy's format. Called once at start and then every {@code
     * pollInterval}, by one thread at a time. A call may block: that delays new keys, but neither handshakes nor the
     * retirement of keys.
     *
     * @return the content, in a new array for each call; the caller wipes it after use
     * @throws KeySourceException if the keys cannot be read now
     */
    byte[] read() throws KeySourceException;

    /**
     * The name of this source in logs and JMX, such as {@code vault:gangway}. It never changes and contains no secret.
     */
    String name();
}
