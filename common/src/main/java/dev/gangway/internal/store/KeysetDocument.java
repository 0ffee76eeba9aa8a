package dev.gangway.internal.store;

import dev.gangway.internal.keys.ScheduledKeyset;
import java.time.Instant;

/**
 * A keyset as it is in a store.
 *
 * @param header who wrote it and when
 * @param keyset its keys, which the owner of this object destroys
 */
record KeysetDocument(Header header, ScheduledKeyset keyset) {
    /**
     * The part that is not secret. It is authenticated together with the keys.
     *
     * @param version grows with each change, so that an older document is recognised
     * @param writtenBy the node or command that wrote it
     * @param writtenAt when it was written, by the store's clock if it has one
     */
    record Header(long version, String writtenBy, Instant writtenAt) {}

    void destroy() {
        keyset.destroy();
    }
}
