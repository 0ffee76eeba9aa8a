package dev.gangway.internal.keys;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** HKDF-SHA256 (RFC 5869) with a {@link SecretBytes} as its input; wipes all intermediate values. */
final class HkdfSha256 {
    private HkdfSha256() {}

    /**
     * @param info the parts of the info parameter, joined with zero bytes
     * @param length at most 8,160 bytes
     * @return {@code length} new bytes, which the caller wipes after use
     * @throws IllegalStateException if the secret has been destroyed
     */
    static byte[] derive(SecretBytes secret, byte[] salt, int length, String... info) {
        byte[] input = secret.copy();
        try {
            return derive(input, salt, length, String.join("\0", info).getBytes(StandardCharsets.UTF_8));
        } finally {
            wipe(input);
        }
    }

    static byte[] derive(byte[] input, byte[] salt, int length, byte[] info) {
        byte[] pseudoRandomKey = HmacSha256.of(salt, input);
        byte[] output = new byte[length];
        byte[] block = {};
        for (int at = 0, counter = 1; at < length; at += block.length, counter++) {
            byte[] next = HmacSha256.of(pseudoRandomKey, block, info, new byte[] {(byte) counter});
            wipe(block);
            block = next;
            System.arraycopy(block, 0, output, at, Math.min(block.length, length - at));
        }
        wipe(block);
        wipe(pseudoRandomKey);
        return output;
    }

    private static void wipe(byte[] bytes) {
        Arrays.fill(bytes, (byte) 0);
    }
}
