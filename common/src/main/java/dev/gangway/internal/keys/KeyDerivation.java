package dev.gangway.internal.keys;

/**
 * Derives the keys of one engine in one {@link Scope} from a ticket key's secret: HKDF-SHA256 (RFC 5869) with
 *
 * <pre>info = "gangway/2" | 0 | engine layout | 0 | scope | 0 | purpose</pre>
 *
 * <p>The engine layout separates engines that cannot read each other's tickets. The scope separates trust domains, so
 * that a ticket of one can never be opened in another. The key name is the salt: two keys that have the same secret by
 * accident still have different derived keys.
 */
public final class KeyDerivation {
    private final String layout;
    private final Scope scope;

    private KeyDerivation(String layout, Scope scope) {
        this.layout = layout;
        this.scope = scope;
    }

    /** @param layout the name of an engine's ticket format, such as {@code boringssl} */
    public static KeyDerivation of(String layout, Scope scope) {
        return new KeyDerivation(layout, scope);
    }

    /** The name of the engine's ticket format. */
    public String layout() {
        return layout;
    }

    /**
     * @param purpose the use of the bytes, such as {@code seal} or {@code name}
     * @param length the number of bytes
     * @return new bytes, which the caller wipes after use
     * @throws IllegalStateException if the key's secret has been destroyed
     */
    public byte[] derive(TicketKey key, String purpose, int length) {
        return HkdfSha256.derive(
                key.secret(), key.name().toByteArray(), length, "gangway/2", layout, scope.value(), purpose);
    }
}
