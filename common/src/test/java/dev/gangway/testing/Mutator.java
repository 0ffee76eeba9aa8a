package dev.gangway.testing;

import java.util.Arrays;
import java.util.Random;

/** Changes bytes of a ClientHello, and usually corrects the lengths around them, so that engines continue to read. */
public final class Mutator {
    private static final int HEADERS = 5 + 4;
    private static final byte[] TELLING = {0, 1, 2, 3, 4, 0x7f, (byte) 0x80, (byte) 0xff};

    private final Random random;

    public Mutator(Random random) {
        this.random = random;
    }

    /** @param record one record with one message */
    public byte[] mutate(byte[] record) {
        byte[] changed = record.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            changed = change(changed);
        }
        if (random.nextInt(4) > 0 && changed.length > HEADERS && changed.length < 16_000) {
            mendLengths(changed);
        }
        return changed;
    }

    private byte[] change(byte[] bytes) {
        if (bytes.length < 2) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(Math.min(bytes.length - at, 40));
        switch (random.nextInt(6)) {
            case 0 -> {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                return bytes;
            }
            case 1 -> {
                bytes[at] = (byte) random.nextInt();
                return bytes;
            }
            case 2 -> {
                bytes[at] = TELLING[random.nextInt(TELLING.length)];
                return bytes;
            }
            case 3 -> {
                return TlsBytes.join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + length, bytes.length));
            }
            case 4 -> {
                return TlsBytes.join(Arrays.copyOf(bytes, at + length), Arrays.copyOfRange(bytes, at, bytes.length));
            }
            default -> {
                return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : bytes;
            }
        }
    }

    private static void mendLengths(byte[] bytes) {
        int record = bytes.length - 5;
        int message = bytes.length - HEADERS;
        bytes[3] = (byte) (record >>> 8);
        bytes[4] = (byte) record;
        bytes[6] = 0;
        bytes[7] = (byte) (message >>> 8);
        bytes[8] = (byte) message;
    }
}
