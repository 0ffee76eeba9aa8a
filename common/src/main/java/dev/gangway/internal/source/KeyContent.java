package dev.gangway.internal.source;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keyfile.HaproxyKeys;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.KeysetText;
import dev.gangway.internal.keys.OrderedKeyset;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.WeakKeyException;
import java.util.List;

/** Parses the content of one key file in any of the formats. */
final class KeyContent {
    private static final String FORMATS =
            "a key file is a keyset (made by 'keys new'), or one raw key of exactly 48 or 80"
                    + " bytes (openssl rand 80), or at least three lines of base64 as HAProxy has them";

    private KeyContent() {}

    /**
     * @param name the name of the content in messages
     * @param verbatim whether raw keys are used {@linkplain TicketKey#isVerbatim byte for byte}
     * @throws KeySourceException naming what is wrong with the content
     */
    static Keyset parse(byte[] content, String name, boolean verbatim) throws KeySourceException {
        if (KeysetText.looksLike(content)) {
            return KeysetText.parse(content, name);
        }
        if (HaproxyKeys.looksLike(content)) {
            return haproxy(content, name, verbatim);
        }
        TicketKey key = raw(content, name, verbatim);
        try {
            return OrderedKeyset.of(List.of(key));
        } catch (WeakKeyException e) {
            key.secret().destroy();
            throw new KeySourceException(name + ": " + e.getMessage(), e);
        }
    }

    /** Parses one raw key. Parameters are as for {@link #parse}. */
    static TicketKey raw(byte[] content, String name, boolean verbatim) throws KeySourceException {
        if (content.length != 48 && content.length != 80) {
            throw new KeySourceException(name + " has " + content.length
                    + " bytes and is not a keyset, which starts with 'gangway-keyset 1'; it may be truncated: "
                    + FORMATS);
        }
        return TicketKey.raw(content, verbatim);
    }

    // Any word of letters is valid base64, so the content may be meant as another format.
    private static Keyset haproxy(byte[] content, String name, boolean verbatim) throws KeySourceException {
        try {
            return HaproxyKeys.parse(content, name, verbatim);
        } catch (KeySourceException e) {
            throw new KeySourceException(e.getMessage() + "; " + FORMATS, e);
        }
    }
}
