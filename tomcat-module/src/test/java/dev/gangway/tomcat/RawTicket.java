package dev.gangway.tomcat;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.function.Consumer;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The session in a ticket of engine {@code openssl}, opened with the raw key of 80 bytes that sealed it. */
final class RawTicket {
    private static final int NAME_AND_IV = 32;
    private static final int MAC = 32;
    // [18] OCTET STRING of 25 bytes, the first of which is the version: the application data without certificates.
    private static final byte[] DATA = {(byte) 0xb2, 0x1b, 4, 25, 1};
    private static final int DATA_HEADER = 4;

    private final byte[] session;

    private RawTicket(byte[] session) {
        this.session = session;
    }

    static RawTicket open(byte[] ticket, byte[] key) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.DECRYPT_MODE, new SecretKeySpec(key, 48, 32, "AES"), new IvParameterSpec(ticket, 16, 16));
            return new RawTicket(cipher.doFinal(ticket, NAME_AND_IV, ticket.length - NAME_AND_IV - MAC));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("the ticket is not sealed with the raw key", e);
        }
    }

    /** Opens {@code ticket}, changes its session with {@code change}, and seals it again in the same array. */
    static void change(byte[] ticket, byte[] key, Consumer<RawTicket> change) {
        RawTicket opened = open(ticket, key);
        change.accept(opened);
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.ENCRYPT_MODE, new SecretKeySpec(key, 48, 32, "AES"), new IvParameterSpec(ticket, 16, 16));
            byte[] sealed = cipher.doFinal(opened.session);
            System.arraycopy(sealed, 0, ticket, NAME_AND_IV, sealed.length);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, 16, 32, "HmacSHA256"));
            mac.update(ticket, 0, ticket.length - MAC);
            mac.doFinal(ticket, ticket.length - MAC);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Gangway's data: a version, and the seconds of the full handshake, of the session's end, and of sealing. */
    ByteBuffer data() {
        int at = indexOf(DATA) + DATA_HEADER;
        return ByteBuffer.wrap(session, at, 25).slice();
    }

    long authenticatedAt() {
        return data().getLong(1);
    }

    long endsAt() {
        return data().getLong(9);
    }

    long issuedAt() {
        return data().getLong(17);
    }

    /** Moves all times in the ticket into the past. */
    void age(int seconds) {
        ByteBuffer data = data();
        for (int at : new int[] {1, 9, 17}) {
            data.putLong(at, data.getLong(at) - seconds);
        }
        ageForOpenSsl(seconds);
    }

    /** Moves the time that OpenSSL itself checks into the past. */
    void ageForOpenSsl(int seconds) {
        ByteBuffer.wrap(session).putInt(timeAt(), (int) timeForOpenSsl() - seconds);
    }

    long timeForOpenSsl() {
        return ByteBuffer.wrap(session).getInt(timeAt());
    }

    // [1] INTEGER
    private int timeAt() {
        return indexOf(new byte[] {(byte) 0xa1, 6, 2, 4}) + 4;
    }

    private int indexOf(byte[] pattern) {
        for (int i = 0; i + pattern.length <= session.length; i++) {
            if (Arrays.equals(session, i, i + pattern.length, pattern, 0, pattern.length)) {
                return i;
            }
        }
        throw new AssertionError("the session is not as expected");
    }
}
