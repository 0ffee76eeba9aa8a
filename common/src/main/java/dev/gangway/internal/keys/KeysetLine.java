package dev.gangway.internal.keys;

import dev.gangway.KeySourceException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One line of a {@linkplain KeysetText keyset}. Its fields become text, but never the secret. */
final class KeysetLine {
    private static final List<String> FIELDS = List.of("name", "accept-from", "activate-at", "retire-at", "destroy-at");

    private static final int LONGEST_HEADER = 40;

    private final byte[] content;
    private final int start;
    private final int end;
    private final String where;

    /**
     * The bytes of {@code content} from {@code start} to {@code end}; {@code where} is the beginning of every message.
     */
    KeysetLine(byte[] content, int start, int end, String where) {
        this.content = content;
        this.start = start;
        this.end = end;
        this.where = where;
    }

    boolean startsWith(String prefix) {
        return text(start, Math.min(end, start + prefix.length())).equals(prefix);
    }

    boolean isBlankOrComment() {
        return isBlank() || content[start] == '#';
    }

    // Compares bytes: a line in the wrong place may contain a secret, which must not become text.
    private boolean isBlank() {
        for (int at = start; at < end; at++) {
            if (content[at] < 0 || content[at] > ' ') {
                return false;
            }
        }
        return true;
    }

    void requireHeader() throws KeySourceException {
        if (end - start > LONGEST_HEADER || !text(start, end).strip().equals(KeysetText.HEADER)) {
            throw fail("the first line must be '" + KeysetText.HEADER + "', the version that this Gangway reads");
        }
    }

    /** Refuses anything after the end line, such as a second keyset. */
    void requireBlank() throws KeySourceException {
        if (!isBlank()) {
            throw fail("the 'end' line must be the last one: two files were joined, or one was written into another");
        }
    }

    void requireEnd(int keys, String check) throws KeySourceException {
        String expected = "end keys=" + keys + " check=" + check;
        if (!text(start, end).strip().equals(expected)) {
            throw fail("the 'end' line does not match the lines above it: the file was cut, edited by hand, or is"
                    + " still being written");
        }
    }

    TicketKey key() throws KeySourceException {
        int secretAt = indexOfSecret();
        Map<String, String> fields = fields(secretAt);
        KeyName name = name(fields.get("name"));
        KeyTimes times = times(fields);
        SecretBytes secret = secret(secretAt + KeysetText.SECRET.length);
        try {
            return TicketKey.scheduled(name, secret, times);
        } catch (IllegalArgumentException e) {
            secret.destroy();
            throw fail(e.getMessage());
        }
    }

    // Messages name fields and positions, never a value: in a line edited by hand, the secret may be anywhere.
    private Map<String, String> fields(int secretAt) throws KeySourceException {
        Map<String, String> fields = new HashMap<>();
        int number = 0;
        for (String token : text(start + 4, secretAt).strip().split(" +", -1)) {
            number++;
            int equals = token.indexOf('=');
            if (equals < 0 || !FIELDS.contains(token.substring(0, equals))) {
                throw fail("field " + number + " of the key is not one of " + FIELDS);
            }
            if (fields.put(token.substring(0, equals), token.substring(equals + 1)) != null) {
                throw fail("'" + token.substring(0, equals) + "' is given twice");
            }
        }
        if (fields.size() != FIELDS.size()) {
            throw fail("a key must have all of " + FIELDS);
        }
        return fields;
    }

    private KeyName name(String hex) throws KeySourceException {
        try {
            return KeyName.parse(hex);
        } catch (IllegalArgumentException e) {
            throw fail("'name' is not 32 hexadecimal digits");
        }
    }

    private KeyTimes times(Map<String, String> fields) throws KeySourceException {
        Instant acceptFrom = instant(fields, "accept-from");
        Instant activateAt = instant(fields, "activate-at");
        Instant retireAt = instant(fields, "retire-at");
        Instant destroyAt = instant(fields, "destroy-at");
        try {
            return new KeyTimes(acceptFrom, activateAt, retireAt, destroyAt);
        } catch (IllegalArgumentException e) {
            throw fail(e.getMessage());
        }
    }

    private Instant instant(Map<String, String> fields, String field) throws KeySourceException {
        try {
            return Instant.parse(fields.get(field));
        } catch (DateTimeException e) {
            throw fail("'" + field + "' is not an instant such as 2026-06-01T00:00:00Z");
        }
    }

    private SecretBytes secret(int from) throws KeySourceException {
        int to = end;
        while (to > from && content[to - 1] <= ' ') {
            to--;
        }
        byte[] encoded = Arrays.copyOfRange(content, from, to);
        byte[] decoded = new byte[0];
        try {
            decoded = Base64.getDecoder().decode(encoded);
            return SecretBytes.copyOf(decoded);
        } catch (IllegalArgumentException e) {
            // Not chained: the decoder's message quotes a character of the secret.
            throw fail("the secret is not valid base64");
        } finally {
            Arrays.fill(encoded, (byte) 0);
            Arrays.fill(decoded, (byte) 0);
        }
    }

    private int indexOfSecret() throws KeySourceException {
        for (int at = start; at + KeysetText.SECRET.length <= end; at++) {
            if (Arrays.equals(
                    content, at, at + KeysetText.SECRET.length, KeysetText.SECRET, 0, KeysetText.SECRET.length)) {
                return at;
            }
        }
        throw fail("a key must have 'secret=' as its last field");
    }

    private String text(int from, int to) {
        return new String(content, from, Math.max(0, to - from), StandardCharsets.UTF_8);
    }

    KeySourceException fail(String why) {
        return new KeySourceException(where + ": " + why);
    }
}
