package dev.gangway.internal.keyfile;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.OrderedKeyset;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.WeakKeyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * HAProxy's {@code tls-ticket-keys} file: one raw key of 48 or 80 bytes in base64 on each line, oldest first. The
 * second to last key seals. The last key is the next one, so that every node has it before any node seals with it. Like
 * HAProxy, this class requires at least three lines.
 */
public final class HaproxyKeys {
    private static final int MIN_KEYS = 3;

    private HaproxyKeys() {}

    /** Whether {@code content} consists of base64 lines. Neither a raw key nor a keyset does. */
    public static boolean looksLike(byte[] content) {
        for (byte b : content) {
            boolean base64 = (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9');
            if (!base64 && b != '+' && b != '/' && b != '=' && b != '\n' && b != '\r') {
                return false;
            }
        }
        return content.length > 0;
    }

    /**
     * @param file the name of the file in messages
     * @param verbatim whether the keys are used {@linkplain TicketKey#isVerbatim byte for byte}
     * @throws KeySourceException naming the line and what is wrong
     */
    public static OrderedKeyset parse(byte[] content, String file, boolean verbatim) throws KeySourceException {
        List<TicketKey> keys = new ArrayList<>();
        try {
            int line = 1;
            for (int start = 0; start < content.length; line++) {
                int end = start;
                while (end < content.length && content[end] != '\n') {
                    end++;
                }
                int stop = end > start && content[end - 1] == '\r' ? end - 1 : end;
                if (stop > start) {
                    keys.add(key(Arrays.copyOfRange(content, start, stop), file + ", line " + line, verbatim));
                }
                start = end + 1;
            }
            if (keys.size() < MIN_KEYS) {
                throw new KeySourceException(file + " has " + keys.size() + " keys; HAProxy's format needs at least "
                        + MIN_KEYS + ": previous, active, next");
            }
            return OrderedKeyset.of(keys, keys.size() - 2);
        } catch (WeakKeyException e) {
            keys.forEach(key -> key.secret().destroy());
            throw new KeySourceException(file + ": " + e.getMessage(), e);
        } catch (KeySourceException e) {
            keys.forEach(key -> key.secret().destroy());
            throw e;
        }
    }

    private static TicketKey key(byte[] encoded, String where, boolean verbatim) throws KeySourceException {
        byte[] raw = new byte[0];
        try {
            raw = Base64.getDecoder().decode(encoded);
            if (raw.length != 48 && raw.length != 80) {
                throw new KeySourceException(where + ": a key has 48 or 80 bytes in base64, not " + raw.length
                        + " (openssl rand -base64 48 | tr -d '\\n')");
            }
            return TicketKey.raw(raw, verbatim);
        } catch (IllegalArgumentException e) {
            // Not chained: the decoder's message quotes a character of the secret.
            throw new KeySourceException(where + ": not valid base64");
        } finally {
            Arrays.fill(encoded, (byte) 0);
            Arrays.fill(raw, (byte) 0);
        }
    }
}
