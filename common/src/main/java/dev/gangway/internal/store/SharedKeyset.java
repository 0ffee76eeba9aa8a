package dev.gangway.internal.store;

import dev.gangway.KeySourceException;
import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreException;
import dev.gangway.StoredDocument;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.ScheduledKeyset;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.keys.UsableKeys;
import dev.gangway.internal.keys.WeakKeyException;
import dev.gangway.internal.store.KeysetDocument.Header;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One node's part in the rotation of a keyset that all nodes share. There is no leader: at each poll, a node reads the
 * document, and if a key must be announced, it writes the next version by compare-and-swap. If another node was earlier, it
 * reads again and uses that node's document.
 *
 * <ul>
 *   <li>Only a store that answers that it has no document gets new keys, and only from a node that knows none. After any
 *       fault of the store, nothing is written.
 *   <li>A document of an older version than the last one seen is refused, and so is an empty store after a document: the
 *       data of the store were lost or restored. The node writes the document that it knows, as a newer version.
 *   <li>A document that {@code keys check} would refuse is neither used nor rotated.
 *   <li>A node whose clock differs from the store's by more than the clock skew writes nothing.
 * </ul>
 *
 * <p>Keeps the document encrypted between polls. Used by one thread at a time, except {@link #status}; while one is in {@link
 * #awaitChange}, another one may be in the other methods.
 */
public final class SharedKeyset {
    private static final Logger LOG = System.getLogger("dev.gangway");
    // A swap is lost only to another writer, so many in a row do not occur in practice.
    private static final int ATTEMPTS = 8;

    /**
     * @param node the name of this node, as other nodes see it
     * @param period how long each key of the first keyset seals; later keys have the times of their predecessors
     * @param outage for how long the store may be unavailable without extra full handshakes; empty for one period of the keys
     */
    public record Plan(String node, Duration period, Optional<Duration> outage) {
        /** How long before it seals a key must be in the document. */
        Duration ahead(KeyRotation rotation, TicketPolicy policy) {
            return outage.filter(longer -> longer.compareTo(rotation.period()) > 0)
                    .orElse(rotation.period())
                    .plus(policy.propagationTime());
        }
    }

    private static final class Known {
        private final Header header;
        private final byte[] content;
        private final Instant announcedUntil;

        Known(Header header, byte[] content, Instant announcedUntil) {
            this.header = header;
            this.content = content.clone();
            this.announcedUntil = announcedUntil;
        }
    }

    private final KeysetStore store;
    private final DocumentCipher cipher;
    private final Plan plan;
    private final TicketPolicy policy;
    private final SecureRandom random = new SecureRandom();
    private String warnedOf = "";
    private volatile StoredDocument last = StoredDocument.absent(Optional.empty());
    private volatile Optional<Known> known = Optional.empty();
    private volatile Instant lastContact = Instant.EPOCH;

    SharedKeyset(KeysetStore store, DocumentCipher cipher, Plan plan, TicketPolicy policy) {
        this.store = store;
        this.cipher = cipher;
        this.plan = plan;
        this.policy = policy;
    }

    /**
     * Reads the store, and writes the next version if it is due.
     *
     * @throws KeySourceException if the store fails, or has no usable document. {@link #content} may still have changed: a
     *     document is used although the next version of it cannot be written
     */
    public void poll(Instant now) throws KeySourceException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            last = read();
            lastContact = now;
            if (settle(last, now)) {
                return;
            }
        }
        throw new KeySourceException("the document in " + store.name() + " was changed by other nodes " + ATTEMPTS
                + " times in a row while this node tried to write; this node tries again at the next poll");
    }

    /** Waits until the document may have changed, but no longer than {@code atMost}. */
    public void awaitChange(Duration atMost) throws KeysetStoreException, InterruptedException {
        store.awaitChange(last, atMost);
    }

    /** The document in use, encrypted; empty if there is none. */
    public Optional<byte[]> content() {
        return known.map(present -> present.content.clone());
    }

    /** The keys of {@link #content}, which the caller destroys. */
    public ScheduledKeyset keyset() throws KeySourceException {
        return cipher.read(known.orElseThrow().content).keyset();
    }

    /**
     * Starts with a document that this node had earlier: an older one is refused from now on.
     *
     * @throws KeySourceException if it cannot be decrypted
     */
    public void remember(byte[] content) throws KeySourceException {
        KeysetDocument document = cipher.read(content);
        adopt(document.header(), content, document.keyset().keys());
        document.destroy();
    }

    /** Whether the keys of {@link #content} can be used at {@code now}. */
    public boolean isUsable(Instant now) throws KeySourceException {
        ScheduledKeyset keyset = keyset();
        try {
            requireUsable(keyset.keys(), now);
            return true;
        } catch (KeySourceException e) {
            return false;
        } finally {
            keyset.destroy();
        }
    }

    /** Empty if no document is in use yet. */
    public Optional<StoreStatus> status() {
        return known.map(present -> new StoreStatus(
                store.name(),
                present.header.version(),
                present.header.writtenBy(),
                present.header.writtenAt(),
                lastContact,
                present.announcedUntil,
                policy.propagationTime()));
    }

    private StoredDocument read() throws KeySourceException {
        try {
            return store.read();
        } catch (KeysetStoreException e) {
            throw new KeySourceException(store.name() + " cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new KeySourceException(store.name() + " cannot be read: " + e, e);
        }
    }

    /** @return false if another writer was earlier */
    private boolean settle(StoredDocument stored, Instant now) throws KeySourceException {
        Optional<KeysetDocument> found =
                stored.isPresent() ? Optional.of(cipher.read(stored.content().orElseThrow())) : Optional.empty();
        Optional<KeysetDocument> mine = Optional.empty();
        try {
            boolean isLost = isOlder(stored, found);
            if (isLost) {
                warnOf(found.map(document ->
                                "has document version " + document.header().version())
                        .orElse("has no document"));
                mine = Optional.of(cipher.read(known.orElseThrow().content));
            }
            return next(stored, isLost ? mine : found, isLost, now);
        } finally {
            found.ifPresent(KeysetDocument::destroy);
            mine.ifPresent(KeysetDocument::destroy);
        }
    }

    // Once, and not at each poll while the newer one cannot be written.
    private void warnOf(String older) {
        if (!older.equals(warnedOf)) {
            warnedOf = older;
            LOG.log(
                    Level.WARNING,
                    "{0} {1}, but this node uses version {2}, and keeps it: the data of the store were lost,"
                            + " restored or changed; this node writes the keys of version {2} again, with a higher"
                            + " version number",
                    store.name(),
                    older,
                    String.valueOf(known.orElseThrow().header.version()));
        }
    }

    private boolean isOlder(StoredDocument stored, Optional<KeysetDocument> found) {
        if (known.isEmpty() || stored.hasContent(known.get().content)) {
            return false;
        }
        long seen = known.get().header.version();
        return found.isEmpty() || found.get().header().version() <= seen;
    }

    private boolean next(StoredDocument stored, Optional<KeysetDocument> base, boolean isLost, Instant now)
            throws KeySourceException {
        Instant storeNow = stored.storeTime().orElse(now);
        List<TicketKey> keys = base.map(document -> document.keyset().keys()).orElse(List.of());
        KeyRotation rotation = rotation(keys);
        List<TicketKey> planned = rotation.withKeysUntil(
                keys, storeNow.truncatedTo(ChronoUnit.SECONDS), plan.ahead(rotation, policy), random);
        try {
            if (planned.equals(keys) && !isLost) {
                requireUsable(planned, now);
                adopt(base.orElseThrow().header(), stored.content().orElseThrow(), keys);
                return true;
            }
            return write(stored, base, isLost, planned, now);
        } finally {
            planned.forEach(key -> key.secret().destroy());
        }
    }

    private boolean write(
            StoredDocument stored, Optional<KeysetDocument> base, boolean isLost, List<TicketKey> planned, Instant now)
            throws KeySourceException {
        String whyNot;
        try {
            Instant storeNow = stored.storeTime().orElse(now);
            StoreClock.requireSame(storeNow, now, policy.clockSkew());
            requireUsable(planned, now);
            long version = base.map(document -> document.header().version()).orElse(0L) + 1;
            Header header = new Header(version, plan.node(), storeNow.truncatedTo(ChronoUnit.MILLIS));
            byte[] content = cipher.write(header, planned);
            if (!store.compareAndSwap(stored, content)) {
                return false;
            }
            adopt(header, content, planned);
            warnedOf = "";
            LOG.log(
                    Level.INFO,
                    "This node wrote version {0} of the ticket keys to {1}",
                    String.valueOf(version),
                    store.name());
            return true;
        } catch (KeysetStoreException e) {
            whyNot = e.getMessage();
        } catch (RuntimeException e) {
            whyNot = e.toString();
        }
        if (!isLost && base.isPresent()) {
            List<TicketKey> keys = base.get().keyset().keys();
            requireUsable(keys, now);
            adopt(base.get().header(), stored.content().orElseThrow(), keys);
        }
        throw new KeySourceException(store.name()
                + " cannot be written, so the next ticket key is not announced by this" + " node: " + whyNot);
    }

    private KeyRotation rotation(List<TicketKey> keys) throws KeySourceException {
        if (keys.isEmpty()) {
            return new KeyRotation(plan.period(), policy.ticketLifetime(), policy.clockSkew());
        }
        try {
            return KeyRotation.of(keys, policy.clockSkew());
        } catch (IllegalArgumentException e) {
            throw new KeySourceException("the keys in " + store.name() + " cannot be rotated: " + e.getMessage(), e);
        }
    }

    private void requireUsable(List<TicketKey> keys, Instant now) throws KeySourceException {
        try {
            UsableKeys.require(ScheduledKeyset.of(keys), policy, store.name(), now);
        } catch (WeakKeyException e) {
            throw new KeySourceException(store.name() + ": " + e.getMessage(), e);
        }
    }

    private void adopt(Header header, byte[] content, List<TicketKey> keys) {
        if (known.isEmpty() || !Arrays.equals(known.get().content, content)) {
            known = Optional.of(new Known(header, content, KeyRotation.lastRetirement(keys)));
        }
    }
}
