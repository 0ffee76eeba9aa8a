package dev.gangway;

/**
 * A source of ticket keys has no keys that can be used. The message says which source, why, and what to do; it never
 * contains key material.
 */
public final class KeySourceException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message goes into the log and into JMX */
    public KeySourceException(String message) {
        super(message);
    }

    /**
     * @param message goes into the log and into JMX
     * @param cause what the source met
     */
    public KeySourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
