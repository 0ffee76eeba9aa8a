package dev.gangway.internal.engine.jdk;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The head of a SunJSSE ticket since Java 25, in cleartext: the number of the key (4 bytes), the initialisation
 * vector (16), and a byte that is 1 if the content is compressed, otherwise 0. SunJSSE is meant to authenticate all
 * of it, but up to 25.0.5 authenticates only the vector. A changed number selects another key, so this class checks
 * only the last byte.
 *
 * <p>If the last byte is changed from 1, SunJSSE parses the compressed bytes as a session, and the TLS
 * 1.2 handshake fails.
 */
final class TicketHead {
    private static final int VECTOR_AT = Integer.BYTES;
    private static final int VECTOR_LENGTH = 16;
    private static final int COMPRESSED_AT = VECTOR_AT + VECTOR_LENGTH;
    private static final int LENGTH = COMPRESSED_AT + 1;
    private static final int TAG_BITS = 128;
    // RFC 1952 section 2.3.1. A session begins with the version of TLS, 3.3 or 3.4.
    private static final byte GZIP_1 = 0x1f;
    private static final byte GZIP_2 = (byte) 0x8b;

    private TicketHead() {}

    /**
     * Whether SunJSSE may have made the head of {@code ticket}, so that it can be given the ticket.
     *
     * @param key the AES key for its number
     */
    static boolean isPlausible(byte[] ticket, SecretKey key) {
        if (ticket.length <= LENGTH) {
            return false;
        }
        return switch (ticket[COMPRESSED_AT]) {
            // If the content is not compressed, decompression fails, and SunJSSE does a full handshake.
            case 1 -> true;
            case 0 -> !isCompressed(ticket, key);
            default -> false;
        };
    }

    /**
     * Whether SunJSSE has made {@code ticket} without authenticating its head.
     *
     * @param key the AES key that sealed it
     */
    static boolean isUnauthenticated(byte[] ticket, SecretKey key) {
        return ticket.length > LENGTH && content(ticket, key).isPresent();
    }

    // SunJSSE itself detects other changes, and all changes if it authenticates the head.
    private static boolean isCompressed(byte[] ticket, SecretKey key) {
        return content(ticket, key)
                .filter(content -> content.length > 1 && content[0] == GZIP_1 && content[1] == GZIP_2)
                .isPresent();
    }

    private static Optional<byte[]> content(byte[] ticket, SecretKey key) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, ticket, VECTOR_AT, VECTOR_LENGTH));
            return Optional.of(cipher.doFinal(ticket, LENGTH, ticket.length - LENGTH));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
