package dev.gangway.keys;

import at.favre.lib.hkdf.HKDF;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** HKDF-SHA256 (RFC 5869) from a {@link SecretBytes}, leaving no copy of what it worked with. */
final class HkdfSha256 {
    private static final HKDF HKDF_SHA256 = HKDF.fromHmacSha256();

    private HkdfSha256() {}

    /**
     * @param info its parts, joined by zero bytes
     * @return {@code length} fresh bytes, which the caller wipes after use
     * @throws IllegalStateException if the secret has been destroyed
     */
    static byte[] derive(SecretBytes secret, byte[] salt, int length, String... info) {
        byte[] input = secret.copy();
        byte[] pseudoRandomKey = null;
        try {
            pseudoRandomKey = HKDF_SHA256.extract(salt, input);
            return HKDF_SHA256.expand(
                    pseudoRandomKey, String.join("\0", info).getBytes(StandardCharsets.UTF_8), length);
        } finally {
            Arrays.fill(input, (byte) 0);
            if (pseudoRandomKey != null) {
                Arrays.fill(pseudoRandomKey, (byte) 0);
            }
        }
    }
}
