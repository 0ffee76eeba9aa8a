package dev.gangway.internal.engine;

import dev.gangway.ClientAuth;
import dev.gangway.internal.engine.jdk.SunJsseLayout;
import dev.gangway.internal.keys.KeyDerivation;
import dev.gangway.internal.keys.Scope;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * All forms in which a ticket key may be in memory. A heap dump writes numbers in big-endian order, so the bytes of a key
 * are also visible in the key schedule of a cipher and in the state of a hash.
 */
final class KeyTraces {
    private static final int PIECE = 16;

    private final Map<String, byte[]> forms = new LinkedHashMap<>();

    private KeyTraces() {}

    /** The key itself, and all values from which other keys can be derived. */
    static KeyTraces of(TicketKey key) throws GeneralSecurityException {
        KeyTraces traces = new KeyTraces();
        byte[] secret = key.secret().copy();
        byte[] pseudoRandomKey = hmac(key.name().toByteArray(), secret);
        Scope scope = Scope.of("", ClientAuth.NONE, List.of());
        byte[] root = jdkRoot(key);
        byte[] nativeKey = KeyDerivation.of("boringssl", scope).derive(key, "name, hmac, aes", 48);
        traces.forms.put("secret", secret);
        traces.forms.put("base64", Base64.getEncoder().encode(secret));
        traces.addPads("secret", secret);
        traces.forms.put("HKDF's pseudo-random key", pseudoRandomKey);
        traces.addPads("HKDF's pseudo-random key", pseudoRandomKey);
        traces.forms.put("SunJSSE root", root);
        traces.addPads("SunJSSE root", root);
        traces.forms.put("BoringSSL HMAC key", Arrays.copyOfRange(nativeKey, 16, 32));
        traces.forms.put("BoringSSL AES key", Arrays.copyOfRange(nativeKey, 32, 48));
        return traces;
    }

    /** The AES key of engine {@code jdk} for the tickets of sessions that end at one second and come from full handshakes. */
    static KeyTraces ofSecond(TicketKey key, Instant end) throws GeneralSecurityException {
        KeyTraces traces = new KeyTraces();
        traces.forms.put(
                "SunJSSE AES key",
                hmac(
                        jdkRoot(key),
                        ByteBuffer.allocate(9).putLong(end.getEpochSecond()).array()));
        return traces;
    }

    /** The forms that are in {@code file}, whole or as a piece of 16 bytes. */
    Set<String> in(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        boolean[] starts = new boolean[1 << Short.SIZE];
        forEachPiece((name, piece) -> starts[start(piece, 0)] = true);
        Set<String> found = new TreeSet<>();
        for (int at = 0; at + PIECE <= content.length; at++) {
            if (starts[start(content, at)]) {
                int here = at;
                forEachPiece((name, piece) -> {
                    if (Arrays.equals(content, here, here + PIECE, piece, 0, PIECE)) {
                        found.add(name);
                    }
                });
            }
        }
        return found;
    }

    private void forEachPiece(BiConsumer<String, byte[]> work) {
        forms.forEach((name, form) -> {
            for (int from = 0; from + PIECE <= form.length; from += PIECE) {
                work.accept(name, Arrays.copyOfRange(form, from, from + PIECE));
            }
        });
    }

    private static int start(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << Byte.SIZE) | (bytes[at + 1] & 0xff);
    }

    private void addPads(String name, byte[] key) {
        forms.put(name + " in HMAC's inner pad", xor(key, 0x36));
        forms.put(name + " in HMAC's outer pad", xor(key, 0x5c));
    }

    private static byte[] jdkRoot(TicketKey key) {
        return jdkDerivation().derive(key, "seal", 32);
    }

    private static KeyDerivation jdkDerivation() {
        TicketPolicy policy = TicketPolicy.ofLifetime(Duration.ofHours(6));
        return KeyDerivation.of(SunJsseLayout.of(policy), Scope.of("", ClientAuth.NONE, List.of()));
    }

    private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    private static byte[] xor(byte[] bytes, int pad) {
        byte[] result = bytes.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= (byte) pad;
        }
        return result;
    }
}
