package dev.gangway;

/**
 * Thrown if a {@link KeysetStore} cannot be used now. The message names the reason and the way out; it never contains a
 * password or key material.
 */
public final class KeysetStoreException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message shown in the log and in JMX */
    public KeysetStoreException(String message) {
        super(message);
    }

    /**
     * @param message shown in the log and in JMX
     * @param cause the exception that the store caught
     */
    public KeysetStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
