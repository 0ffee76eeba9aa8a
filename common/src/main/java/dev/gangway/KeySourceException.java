package dev.gangway;

/**
 * Thrown if a source of ticket keys has no keys that can be used. The message names the source, the reason and the way
 * out; it never contains key material.
 */
public final class KeySourceException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message shown in the log and in JMX */
    public KeySourceException(String message) {
        super(message);
    }

    /**
     * @param message shown in the log and in JMX
     * @param cause the exception that the source caught
     */
    public KeySourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
