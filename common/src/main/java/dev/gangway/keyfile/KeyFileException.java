package dev.gangway.keyfile;

/** A key file cannot be used. The message says which file, why, and what to do; it never contains key material. */
public final class KeyFileException extends Exception {
    private static final long serialVersionUID = 1L;

    public KeyFileException(String message) {
        super(message);
    }

    public KeyFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
