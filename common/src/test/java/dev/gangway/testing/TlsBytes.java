package dev.gangway.testing;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/** Constructs TLS records and messages. */
public final class TlsBytes {
    public static final int CHANGE_CIPHER_SPEC = 20;
    public static final int ALERT = 21;
    public static final int HANDSHAKE = 22;
    public static final int APPLICATION_DATA = 23;

    private static final String RETRY_RANDOM = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";
    private static final byte[] RANDOM = new byte[32];

    private TlsBytes() {}

    public static byte[] record(int type, byte[]... content) {
        byte[] all = join(content);
        return join(new byte[] {(byte) type, 3, 3}, uint16(all.length), all);
    }

    public static byte[] message(int type, byte[]... body) {
        byte[] all = join(body);
        return join(new byte[] {(byte) type, (byte) (all.length >>> 16)}, uint16(all.length), all);
    }

    /** A whole message, which is one of TLS 1.2 or 1.3 by its extensions. */
    public static byte[] clientHello(byte[]... extensions) {
        return message(
                1,
                hex("0303"),
                RANDOM,
                hex("20"),
                RANDOM,
                hex("0004" + "1301" + "c02f" + "0100"),
                withLength(join(extensions)));
    }

    /** A whole message, which is one of TLS 1.2 or 1.3 by its extensions. */
    public static byte[] serverHello(byte[]... extensions) {
        return message(2, hex("0303"), RANDOM, hex("00" + "1301" + "00"), withLength(join(extensions)));
    }

    /** A whole message: the server wants another ClientHello (RFC 8446 section 4.1.4). */
    public static byte[] helloRetryRequest() {
        return message(2, hex("0303" + RETRY_RANDOM + "00" + "1301" + "00"), withLength(chosenTls13()));
    }

    public static byte[] extension(int type, byte[] content) {
        return join(uint16(type), withLength(content));
    }

    /** In a ClientHello: a ticket of TLS 1.2. */
    public static byte[] sessionTicket(byte[] ticket) {
        return extension(35, ticket);
    }

    /** In a ClientHello: tickets of TLS 1.3. */
    public static byte[] offeredPsks(byte[]... identities) {
        byte[] all = {};
        byte[] binders = {};
        for (byte[] identity : identities) {
            all = join(all, withLength(identity), new byte[4]);
            binders = join(binders, new byte[] {32}, RANDOM);
        }
        return extension(41, join(withLength(all), withLength(binders)));
    }

    /** In a ClientHello. */
    public static byte[] offeredTls13() {
        return extension(43, hex("04" + "0304" + "0303"));
    }

    /** In a ServerHello. */
    public static byte[] chosenPsk(int index) {
        return extension(41, uint16(index));
    }

    /** In a ServerHello. */
    public static byte[] chosenTls13() {
        return extension(43, hex("0304"));
    }

    public static byte[] newSessionTicket(byte[] ticket) {
        return message(4, hex("00005460"), withLength(ticket));
    }

    public static byte[] changeCipherSpec() {
        return record(CHANGE_CIPHER_SPEC, new byte[] {1});
    }

    /** An encrypted record of {@code length} bytes. */
    public static byte[] encrypted(int type, int length) {
        return record(type, new byte[length]);
    }

    public static byte[] ticket(int fill) {
        byte[] ticket = new byte[40];
        Arrays.fill(ticket, (byte) fill);
        return ticket;
    }

    public static byte[] withLength(byte[] content) {
        return join(uint16(content.length), content);
    }

    public static byte[] uint16(int value) {
        return new byte[] {(byte) (value >>> 8), (byte) value};
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    public static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
