package dev.gangway.keys;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Refuses what is surely not a secret: bytes no random generator gives, and keys that are in a set twice. */
final class WeakKeys {
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
            if (isArithmetic(secret)) {
                throw new WeakKeyException("the secret of key " + key.name().shortForm()
                        + " is a plain pattern (all bytes equal, or counting); make one with 'openssl rand'");
            }
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    // All-zero, 0xFF, any repeated byte and any counting sequence have one constant step between neighbours. Thirty-two
    // random bytes do so with a chance of 2^-240.
    private static boolean isArithmetic(byte[] bytes) {
        byte step = (byte) (bytes[1] - bytes[0]);
        for (int i = 2; i < bytes.length; i++) {
            if ((byte) (bytes[i] - bytes[i - 1]) != step) {
                return false;
            }
        }
        return true;
    }
}
