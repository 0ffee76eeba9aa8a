package dev.gangway.internal.engine.conscrypt;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.OrderedKeyset;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.keys.WeakKeyException;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.source.KeysetSource;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Raw key files in memory, and what other software can do with such a file alone. */
final class RawKeys {
    private RawKeys() {}

    static TicketKeyManager manager(InstantSource clock, byte[] file) throws KeySourceException {
        return TicketKeyManager.open(new Source(file), TicketPolicy.DEFAULT, clock);
    }

    /** Opens a ticket by RFC 5077 section 4: key_name, IV, AES-128-CBC ciphertext, HMAC-SHA256 over all before it. */
    static Optional<byte[]> open(byte[] ticket, byte[] file) throws GeneralSecurityException {
        int macAt = ticket.length - 32;
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(file, 16, 16, "HmacSHA256"));
        mac.update(ticket, 0, macAt);
        if (!MessageDigest.isEqual(mac.doFinal(), Arrays.copyOfRange(ticket, macAt, ticket.length))) {
            return Optional.empty();
        }
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(file, 32, 16, "AES"), new IvParameterSpec(ticket, 16, 16));
        return Optional.of(cipher.doFinal(ticket, 32, macAt - 32));
    }

    private static final class Source implements KeysetSource {
        private final byte[] file;

        Source(byte[] file) {
            this.file = file;
        }

        @Override
        public Optional<Keyset> loadIfChanged(Instant now) throws KeySourceException {
            try {
                return Optional.of(OrderedKeyset.of(List.of(TicketKey.raw(file, true))));
            } catch (WeakKeyException e) {
                throw new KeySourceException(e.getMessage(), e);
            }
        }

        @Override
        public void forgetLast() {}

        @Override
        public String describe() {
            return "raw:";
        }
    }
}
