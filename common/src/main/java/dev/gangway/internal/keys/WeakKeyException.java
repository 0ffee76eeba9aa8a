package dev.gangway.internal.keys;

/** A key was refused because its secret is no secret. The message names the key by its public name only. */
public final class WeakKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    WeakKeyException(String message) {
        super(message);
    }
}
