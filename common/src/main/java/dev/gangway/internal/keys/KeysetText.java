package dev.gangway.internal.keys;

import dev.gangway.KeySourceException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Gangway's own key file format: text with one key on each line.
 *
 * <pre>
 * gangway-keyset 1
 * # comment
 * key name=&lt;32 hex digits&gt; accept-from=&lt;instant&gt; activate-at=&lt;instant&gt; retire-at=&lt;instant&gt; destroy-at=&lt;instant&gt; secret=&lt;base64&gt;
 * end keys=1 check=&lt;16 hex digits&gt;
 * </pre>
 *
 * <p>Instants are ISO-8601 in UTC. {@code check} is the start of the SHA-256 of all lines before the last, so that a
 * truncated or partly overwritten file is refused.
 *
 * <p>Secrets are decoded from bytes to bytes. They never become a {@code String}, which could not be wiped.
 */
public final class KeysetText {
    static final String HEADER = "gangway-keyset 1";
    private static final byte[] MAGIC = "gangway-keyset ".getBytes(StandardCharsets.US_ASCII);
    static final byte[] SECRET = " secret=".getBytes(StandardCharsets.US_ASCII);

    private KeysetText() {}

    /** Whether {@code content} starts like this format. */
    public static boolean looksLike(byte[] content) {
        return content.length >= MAGIC.length && Arrays.equals(content, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * @param file the name of the file in messages
     * @throws KeySourceException naming the line and what is wrong
     */
    public static ScheduledKeyset parse(byte[] content, String file) throws KeySourceException {
        List<TicketKey> keys = new ArrayList<>();
        boolean complete = false;
        try {
            int line = 0;
            for (int start = 0; start < content.length; line++) {
                int end = endOfLine(content, start);
                KeysetLine reader = new KeysetLine(content, start, end, file + ", line " + (line + 1));
                if (complete) {
                    reader.requireBlank();
                } else if (line == 0) {
                    reader.requireHeader();
                } else if (end == content.length && !reader.startsWith("end ")) {
                    throw cutShort(file);
                } else if (reader.startsWith("key ")) {
                    keys.add(reader.key());
                } else if (reader.startsWith("end ")) {
                    reader.requireEnd(keys.size(), check(content, start));
                    complete = true;
                } else if (!reader.isBlankOrComment()) {
                    throw reader.fail("expected 'key …', 'end …' or a comment");
                }
                start = end + 1;
            }
            if (!complete) {
                throw cutShort(file);
            }
            if (keys.isEmpty()) {
                throw new KeySourceException(file + " contains no key; make a keyset with 'keys new'");
            }
            return ScheduledKeyset.of(keys);
        } catch (WeakKeyException e) {
            keys.forEach(key -> key.secret().destroy());
            throw new KeySourceException(file + ": " + e.getMessage(), e);
        } catch (KeySourceException | RuntimeException e) {
            keys.forEach(key -> key.secret().destroy());
            throw e;
        }
    }

    /** @return the file's bytes, which the caller wipes after writing */
    public static byte[] format(List<TicketKey> keys) {
        WipingOutput out = new WipingOutput();
        out.ascii(HEADER + "\n# Session ticket encryption keys: with this file the traffic can be decrypted.\n");
        for (TicketKey key : keys) {
            KeyTimes times = key.times().orElseThrow();
            out.ascii("key name=" + key.name() + " accept-from=" + times.acceptFrom() + " activate-at="
                    + times.activateAt() + " retire-at=" + times.retireAt() + " destroy-at=" + times.destroyAt());
            out.writeBytes(SECRET);
            byte[] secret = key.secret().copy();
            byte[] encoded = Base64.getEncoder().encode(secret);
            out.writeBytes(encoded);
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(encoded, (byte) 0);
            out.ascii("\n");
        }
        byte[] body = out.toByteArray();
        out.ascii("end keys=" + keys.size() + " check=" + check(body, body.length) + "\n");
        Arrays.fill(body, (byte) 0);
        byte[] whole = out.toByteArray();
        out.wipe();
        return whole;
    }

    private static KeySourceException cutShort(String file) {
        return new KeySourceException(file + " has no 'end' line: it is truncated, or is still being written");
    }

    private static int endOfLine(byte[] content, int start) {
        int end = start;
        while (end < content.length && content[end] != '\n') {
            end++;
        }
        return end;
    }

    private static String check(byte[] content, int length) {
        return HexFormat.of().formatHex(Sha256.of(content, length), 0, 8);
    }

    private static final class WipingOutput extends ByteArrayOutputStream {
        WipingOutput() {
            super(16 * 1024);
        }

        void ascii(String text) {
            writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }

        void wipe() {
            Arrays.fill(buf, (byte) 0);
        }
    }
}
