package dev.gangway.internal.store;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.KeysetText;
import dev.gangway.internal.keys.ScheduledKeyset;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.WrappingKey;
import dev.gangway.internal.store.KeysetDocument.Header;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes and reads documents:
 *
 * <pre>gangway-document/1 name=N version=17 written-by=node1 written-at=2026-06-01T00:00:00Z wrapped-by=ID BASE64</pre>
 *
 * <p>The last field is the keyset as text, encrypted with AES-256-GCM. Everything before it is authenticated: a document
 * cannot be changed, renamed, or given another version.
 */
final class DocumentCipher {
    private static final String START = "gangway-document/1 name=";
    private static final String NOT_WRAPPED = "none";
    private static final int MAX_LENGTH = 64 * 1024;
    private static final Pattern FORM =
            Pattern.compile("(" + START + "(\\S{1,100}) version=(\\d{1,18}) written-by=(\\S{1,100})"
                    + " written-at=(\\S{1,40}) wrapped-by=(\\S{4,16})) ([A-Za-z0-9+/=]+)");

    private final String store;
    private final String name;
    private final List<WrappingKey> keys;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param store the store in messages
     * @param name the name of the document
     * @param keys the first one encrypts, all of them decrypt; without any, documents are not encrypted
     */
    DocumentCipher(String store, String name, List<WrappingKey> keys) {
        this.store = store;
        this.name = name;
        this.keys = List.copyOf(keys);
    }

    byte[] write(Header header, List<TicketKey> ticketKeys) {
        String wrappedBy = keys.isEmpty() ? NOT_WRAPPED : keys.get(0).id();
        String head = START + name + " version=" + header.version() + " written-by=" + header.writtenBy()
                + " written-at=" + header.writtenAt() + " wrapped-by=" + wrappedBy;
        byte[] plain = KeysetText.format(ticketKeys);
        try {
            byte[] body = keys.isEmpty() ? plain : keys.get(0).wrap(plain, ascii(head), random);
            return ascii(head + " " + Base64.getEncoder().encodeToString(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** @throws KeySourceException if it is not a document of this name, or not encrypted with one of the keys */
    KeysetDocument read(byte[] content) throws KeySourceException {
        Matcher fields = fields(content);
        String wrappedBy = fields.group(6);
        if (!fields.group(2).equals(name)) {
            throw refused("has the name '" + fields.group(2) + "', but this node uses '" + name
                    + "': it was copied from another fleet");
        }
        if (wrappedBy.equals(NOT_WRAPPED) && !keys.isEmpty()) {
            throw refused(
                    "is not encrypted, but this node has a wrapping key; anybody who can write the store could have"
                            + " made it: run 'keys new'");
        }
        byte[] plain = plain(fields.group(7), wrappedBy, ascii(fields.group(1)));
        try {
            Header header = header(fields);
            ScheduledKeyset keyset = KeysetText.parse(plain, "the document in " + store);
            return new KeysetDocument(header, keyset);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** Whether {@code content} begins as a document of this name does, whoever encrypted it. Makes no copy of it. */
    boolean isOfThisName(byte[] content) {
        byte[] start = ascii(START + name + " ");
        return content.length > start.length && Arrays.equals(content, 0, start.length, start, 0, start.length);
    }

    String documentName() {
        return name;
    }

    /** Whether {@code content} is encrypted with the key that encrypts new documents. */
    boolean isWrappedByFirstKey(byte[] content) {
        String id = keys.isEmpty() ? NOT_WRAPPED : keys.get(0).id();
        return new String(content, StandardCharsets.ISO_8859_1).contains(" wrapped-by=" + id + " ");
    }

    private Matcher fields(byte[] content) throws KeySourceException {
        if (content.length > MAX_LENGTH) {
            throw refused("has " + content.length + " bytes; a document has at most " + MAX_LENGTH);
        }
        Matcher fields = FORM.matcher(new String(content, StandardCharsets.ISO_8859_1).strip());
        if (!fields.matches()) {
            throw refused("is not one of this Gangway, which starts with 'gangway-document/1', or is cut short; restore"
                    + " it, or run 'keys new'");
        }
        return fields;
    }

    private Header header(Matcher fields) throws KeySourceException {
        try {
            return new Header(Long.parseLong(fields.group(3)), fields.group(4), Instant.parse(fields.group(5)));
        } catch (DateTimeException e) {
            throw refused("has no valid time in 'written-at'");
        }
    }

    private byte[] plain(String base64, String wrappedBy, byte[] head) throws KeySourceException {
        try {
            byte[] body = Base64.getDecoder().decode(base64);
            if (keys.isEmpty()) {
                if (wrappedBy.equals(NOT_WRAPPED)) {
                    return body;
                }
                throw refused("is encrypted, but this node has 'encryption=none'; set 'wrappingKey' instead");
            }
            for (WrappingKey key : keys) {
                if (key.id().equals(wrappedBy)) {
                    return key.unwrap(body, head);
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new KeySourceException(
                    message("was changed after it was written, or is damaged; restore it, or run" + " 'keys new'"), e);
        }
        throw refused("is encrypted with the wrapping key " + wrappedBy + ", but this node has only "
                + keys.stream().map(WrappingKey::id).collect(Collectors.joining(", "))
                + "; all nodes need the same file in 'wrappingKey'");
    }

    private KeySourceException refused(String why) {
        return new KeySourceException(message(why));
    }

    private String message(String why) {
        return "the document '" + name + "' in " + store + " " + why;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
