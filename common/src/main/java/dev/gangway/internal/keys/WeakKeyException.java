package dev.gangway.internal.keys;

/** Thrown if a key is refused because its secret is weak. The message contains the key's public name only. */
public final class WeakKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    WeakKeyException(String message) {
        super(message);
    }
}
