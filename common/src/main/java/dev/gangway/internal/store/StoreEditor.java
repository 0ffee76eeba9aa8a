package dev.gangway.internal.store;

import dev.gangway.KeySourceException;
import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreException;
import dev.gangway.StoredDocument;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.ScheduledKeyset;
import dev.gangway.internal.keys.ShortNotice;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.keys.WeakKeyException;
import dev.gangway.internal.store.KeysetDocument.Header;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the command line does with the document of a store. Nothing is written unless it is asked for. */
public final class StoreEditor implements AutoCloseable {
    private static final int ATTEMPTS = 8;
    // The file's own times are checked by the servers, against their ticket lifetime.
    private static final TicketPolicy ANY_LIFETIME = TicketPolicy.ofLifetime(Duration.ofSeconds(1));

    private final StoreSettings settings;
    private final KeysetStore store;
    private final DocumentCipher cipher;
    private final SecureRandom random = new SecureRandom();

    private StoreEditor(StoreSettings settings, KeysetStore store) {
        this.settings = settings;
        this.store = store;
        this.cipher = new DocumentCipher(store.name(), settings.documentName(), settings.wrappingKeys());
    }

    /** @throws KeySourceException if the properties file cannot be used */
    public static StoreEditor open(Path file, Allow allow) throws KeySourceException {
        return open(file, allow, ANY_LIFETIME, Optional.empty());
    }

    /**
     * @param policy that of the servers, which the properties must suit
     * @param defaultPeriod how long each key seals if the file does not say it
     * @throws KeySourceException if the properties file cannot be used
     */
    public static StoreEditor open(Path file, Allow allow, TicketPolicy policy, Duration defaultPeriod)
            throws KeySourceException {
        return open(file, allow, policy, Optional.of(defaultPeriod));
    }

    private static StoreEditor open(Path file, Allow allow, TicketPolicy policy, Optional<Duration> defaultPeriod)
            throws KeySourceException {
        StoreSettings settings = StoreSettings.read(file, allow, policy, defaultPeriod);
        return new StoreEditor(settings, settings.openStore());
    }

    /** The name of the store, without a password. */
    public String name() {
        return store.name();
    }

    /**
     * The keys in the store, which the caller destroys.
     *
     * @throws KeySourceException if there is no document that can be read
     */
    public ScheduledKeyset read() throws KeySourceException {
        return document(stored()).keyset();
    }

    /** Who wrote the document in the store, and when. */
    public String origin() throws KeySourceException {
        KeysetDocument document = document(stored());
        document.destroy();
        Header header = document.header();
        return "document version " + header.version() + ", written by " + header.writtenBy() + " at "
                + header.writtenAt();
    }

    /**
     * Replaces all keys by new ones. Its version is greater than that of any earlier document, also if the data of the
     * store were lost.
     *
     * @param period how long each key seals; empty for what the properties file says, or else the replaced keys
     * @param ticketLifetime empty for that of the replaced keys
     * @param now this machine's time, for a store without a clock
     * @return the new keys, which the caller destroys
     * @throws IllegalArgumentException if the period is shorter than the ticket lifetime
     */
    public ScheduledKeyset replace(Optional<Duration> period, Optional<Duration> ticketLifetime, Instant now)
            throws KeySourceException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            StoredDocument stored = stored();
            Replaced replaced = replaced(stored);
            KeyRotation rotation = new KeyRotation(
                    period.or(() -> settings.namesPeriod()
                                    ? Optional.of(settings.plan().period())
                                    : Optional.empty())
                            .or(() -> replaced.rotation().map(KeyRotation::period))
                            .orElse(settings.plan().period()),
                    ticketLifetime
                            .or(() -> replaced.rotation().map(KeyRotation::ticketLifetime))
                            .orElse(KeyRotation.DEFAULT.ticketLifetime()),
                    KeyRotation.DEFAULT.skew());
            Instant storeNow = timeOf(stored, now);
            List<TicketKey> keys = rotation.withKeysUntil(List.of(), storeNow, ahead(rotation), random);
            long version = Math.max(replaced.version() + 1, storeNow.toEpochMilli());
            if (write(stored, version, storeNow, keys)) {
                return keyset(keys);
            }
        }
        throw busy();
    }

    /**
     * Announces the next key if that is due; encrypts the document again if it has another wrapping key than new ones.
     *
     * @param in after which time the next key seals, if it is not to wait until its time
     * @return the new keys, which the caller destroys; empty if nothing was due
     */
    public Optional<ScheduledKeyset> rotate(Optional<Duration> in, Instant now) throws KeySourceException {
        return rotate(in, now, late -> {});
    }

    /**
     * As {@link #rotate(Optional, Instant)}.
     *
     * @param warn takes each key that {@code in} makes seal before every node can have read it
     */
    public Optional<ScheduledKeyset> rotate(Optional<Duration> in, Instant now, Consumer<ShortNotice> warn)
            throws KeySourceException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            StoredDocument stored = stored();
            Instant storeNow = timeOf(stored, now);
            KeysetDocument document = document(stored);
            List<TicketKey> keys = document.keyset().keys();
            KeyRotation rotation = rotation(keys);
            List<TicketKey> switched =
                    in.isPresent() ? immediately(rotation, keys, storeNow, storeNow.plus(in.get())) : keys;
            List<TicketKey> next = rotation.withKeysUntil(switched, storeNow, ahead(rotation), random);
            if (next.equals(keys) && cipher.isWrappedByFirstKey(stored.content().orElseThrow())) {
                document.destroy();
                return Optional.empty();
            }
            if (write(stored, document.header().version() + 1, storeNow, next)) {
                if (in.isPresent()) {
                    ShortNotice.of(keys, next, storeNow, TicketPolicy.DEFAULT).stream()
                            .filter(late -> !late.isImmediate())
                            .forEach(warn);
                }
                return Optional.of(keyset(next));
            }
            document.destroy();
        }
        throw busy();
    }

    private List<TicketKey> immediately(KeyRotation rotation, List<TicketKey> keys, Instant now, Instant latest)
            throws KeySourceException {
        List<TicketKey> planned = rotation.withImmediateKey(keys, now, latest, random);
        try {
            KeyRotation.requireNotTooMany(planned);
        } catch (KeySourceException e) {
            planned.forEach(key -> key.secret().destroy());
            throw new KeySourceException(store.name() + " is unchanged: " + e.getMessage(), e);
        }
        return planned;
    }

    @Override
    public void close() {
        StoreSession.close(store);
        settings.destroy();
    }

    private StoredDocument stored() throws KeySourceException {
        try {
            return store.read();
        } catch (KeysetStoreException e) {
            throw new KeySourceException(store.name() + " cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new KeySourceException(store.name() + " cannot be read: " + e, e);
        }
    }

    private KeysetDocument document(StoredDocument stored) throws KeySourceException {
        return cipher.read(stored.content()
                .orElseThrow(() -> new KeySourceException(store.name() + " has no document '" + settings.documentName()
                        + "'; make one with 'keys new', or start a server")));
    }

    private record Replaced(long version, Optional<KeyRotation> rotation) {}

    // A document that cannot be read is replaced all the same: this command is the way out.
    private Replaced replaced(StoredDocument stored) {
        KeysetDocument document;
        try {
            document = document(stored);
        } catch (KeySourceException e) {
            return new Replaced(0, Optional.empty());
        }
        long version = document.header().version();
        try {
            return new Replaced(version, Optional.of(rotation(document.keyset().keys())));
        } catch (KeySourceException e) {
            return new Replaced(version, Optional.empty());
        } finally {
            document.destroy();
        }
    }

    private Instant timeOf(StoredDocument stored, Instant now) throws KeySourceException {
        Instant storeNow = stored.storeTime().orElse(now);
        try {
            StoreClock.requireSame(storeNow, now, TicketPolicy.DEFAULT.clockSkew());
        } catch (KeysetStoreException e) {
            throw new KeySourceException(store.name() + " is unchanged: " + e.getMessage(), e);
        }
        return storeNow.truncatedTo(ChronoUnit.SECONDS);
    }

    private boolean write(StoredDocument stored, long version, Instant at, List<TicketKey> keys)
            throws KeySourceException {
        try {
            byte[] content = cipher.write(new Header(version, writer(), at), keys);
            return store.compareAndSwap(stored, content);
        } catch (KeysetStoreException e) {
            throw new KeySourceException(store.name() + " cannot be written: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new KeySourceException(store.name() + " cannot be written: " + e, e);
        }
    }

    // A reader takes a name of up to 100 characters.
    private String writer() {
        String name = "keys@" + settings.plan().node();
        return name.substring(0, Math.min(name.length(), 100));
    }

    private Duration ahead(KeyRotation rotation) {
        return settings.plan().ahead(rotation, TicketPolicy.DEFAULT);
    }

    private KeyRotation rotation(List<TicketKey> keys) throws KeySourceException {
        try {
            return KeyRotation.of(keys, KeyRotation.DEFAULT.skew());
        } catch (IllegalArgumentException e) {
            throw new KeySourceException("the keys in " + store.name() + " cannot be rotated: " + e.getMessage(), e);
        }
    }

    private static ScheduledKeyset keyset(List<TicketKey> keys) {
        try {
            return ScheduledKeyset.of(keys);
        } catch (WeakKeyException e) {
            throw new IllegalStateException("the random generator gave a weak key: " + e.getMessage(), e);
        }
    }

    private KeySourceException busy() {
        return new KeySourceException("other nodes keep changing the document in " + store.name()
                + ", so it was not written; run this command again");
    }
}
