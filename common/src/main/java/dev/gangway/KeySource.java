package dev.gangway;

/**
 * A source of session ticket encryption keys of the application's own, such as a secrets manager: it gives the content of
 * a key file, from wherever it is.
 *
 * <pre>{@code
 * final class Vault implements KeySource {
 *     public byte[] read() throws KeySourceException {
 *         try {
 *             return vault.secret("gangway");
 *         } catch (VaultException e) {
 *             throw new KeySourceException("the vault does not give the secret 'gangway': " + e.getMessage(), e);
 *         }
 *     }
 *
 *     public String name() {
 *         return "vault:gangway";
 *     }
 * }
 * }</pre>
 *
 * <p>All nodes of a fleet must be given the same keys. A read that fails, and content that cannot be used, leave the last
 * good keys in use; the state, the log and {@code Fault} in JMX tell why. Only at start there must be keys.
 */
public interface KeySource {
    /**
     * The present keys, in one of the formats of a key file: a keyset as {@code keys new} makes it, one raw key of 48 or 80
     * bytes, or lines of base64 as HAProxy has them. Called once at start and then every {@code pollInterval}, by one thread
     * at a time. A call may block: it delays new keys, and neither handshakes nor the retirement of keys.
     *
     * @return a new array each time, which the caller wipes after use
     * @throws KeySourceException if there is nothing to be had now
     */
    byte[] read() throws KeySourceException;

    /**
     * How logs and JMX call the source, such as {@code vault:gangway}. Always the same, and without secrets.
     */
    String name();
}
