package dev.gangway.internal.keys;

import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Refuses weak secrets: bytes that no random generator produces, published examples, and duplicate keys. */
final class WeakKeys {
    // A raw key's secret consists of parts that are used as separate keys; the shortest parts have 16 bytes.
    private static final int PART = 16;

    // SHA-256 of published secrets. The first is from the example configuration of the BFE load balancer, whose 48
    // bytes are 16 of name and this secret; the second is all 48 bytes, which could be used as a master secret.
    private static final Set<String> WELL_KNOWN = Set.of(
            "be56e5be61da7b38b2ad8b30bd19ce7db0f58483672ba666a6b2699f9501704e",
            "831eaaec25d1ed295b2efc52b3da3d766df09190cae5403a924ec138c8edd963");

    private WeakKeys() {}

    static void refuse(List<TicketKey> keys) throws WeakKeyException {
        Set<KeyName> names = new HashSet<>();
        for (TicketKey key : keys) {
            refusePattern(key);
            if (!names.add(key.name())) {
                throw new WeakKeyException(
                        "two keys have the name " + key.name().shortForm());
            }
        }
        for (int i = 0; i < keys.size(); i++) {
            for (int j = i + 1; j < keys.size(); j++) {
                if (keys.get(i).secret().sameAs(keys.get(j).secret())) {
                    throw new WeakKeyException("keys " + keys.get(i).name().shortForm() + " and "
                            + keys.get(j).name().shortForm() + " have the same secret");
                }
            }
        }
    }

    private static void refusePattern(TicketKey key) throws WeakKeyException {
        byte[] secret = key.secret().copy();
        try {
            if (WELL_KNOWN.contains(HexFormat.of().formatHex(Sha256.of(secret)))) {
                throw weak(key, "is published: it is an example from the documentation of other software");
            }
            for (int start = 0; start + PART <= secret.length; start += PART) {
                if (isArithmetic(secret, start)) {
                    throw weak(key, "is, at least in part, a simple pattern (all bytes equal, or counting)");
                }
            }
            if (isPeriodic(secret)) {
                throw weak(key, "repeats a short pattern");
            }
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static WeakKeyException weak(TicketKey key, String why) {
        return new WeakKeyException(
                "the secret of key " + key.name().shortForm() + " " + why + "; make one with 'openssl rand'");
    }

    // All-zero, 0xFF, any repeated byte and any counting sequence have one constant step between neighbours. Sixteen
    // random bytes have that with a probability of 2^-112.
    private static boolean isArithmetic(byte[] bytes, int start) {
        byte step = (byte) (bytes[start + 1] - bytes[start]);
        for (int i = start + 2; i < start + PART; i++) {
            if ((byte) (bytes[i] - bytes[i - 1]) != step) {
                return false;
            }
        }
        return true;
    }

    // Then at least half of the secret is a copy of the other half.
    private static boolean isPeriodic(byte[] bytes) {
        for (int period = 1; period <= bytes.length / 2; period++) {
            if (Arrays.equals(bytes, period, bytes.length, bytes, 0, bytes.length - period)) {
                return true;
            }
        }
        return false;
    }
}
