package dev.gangway.internal.keys;

/**
 * Derives what one engine in one {@link Scope} uses from a ticket key's secret: HKDF-SHA256 (RFC 5869) with
 *
 * <pre>info = "gangway/2" | 0 | engine layout | 0 | scope | 0 | purpose</pre>
 *
 * <p>The engine layout separates engines that cannot read each other's tickets; the scope separates trust domains, so
 * that a ticket of one can never open in another. The key name is the salt: two keys that share a secret by accident
 * still do not share a derived key.
 */
public final class KeyDerivation {
    private final String layout;
    private final Scope scope;

    private KeyDerivation(String layout, Scope scope) {
        this.layout = layout;
        this.scope = scope;
    }

    /** @param layout names the ticket format of an engine, such as {@code sunjsse/17.0.15} */
    public static KeyDerivation of(String layout, Scope scope) {
        return new KeyDerivation(layout, scope);
    }

    /**
     * @param purpose what the bytes are for, such as {@code seal} or {@code name}
     * @param length how many bytes are wanted
     * @return fresh bytes, which the caller wipes after use
     * @throws IllegalStateException if the key's secret has been destroyed
     */
    public byte[] derive(TicketKey key, String purpose, int length) {
        return HkdfSha256.derive(
                key.secret(), key.name().toByteArray(), length, "gangway/2", layout, scope.value(), purpose);
    }
}
