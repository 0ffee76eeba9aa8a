package dev.gangway.internal.store;

import dev.gangway.KeySourceException;
import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreException;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keyfile.SecretFile;
import dev.gangway.internal.keys.ScheduledKeyset;
import dev.gangway.internal.keys.TicketPolicy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A node's use of the store that a properties file describes. If the file or a wrapping key changes, the store is opened
 * again, and the node goes on with the document that it knows. If the file becomes wrong, nothing changes until it is right.
 *
 * <p>Keeps a copy of the last document on disk if the file asks for one: a node that starts while the store is gone uses
 * it, and a node that was restarted recognises an older document.
 */
public final class StoreSession implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.gangway");

    private final Path file;
    private final Allow allow;
    private final TicketPolicy policy;
    private final Duration defaultPeriod;
    private volatile Optional<StoreSettings> settings = Optional.empty();
    private volatile Optional<KeysetStore> store = Optional.empty();
    private volatile Optional<SharedKeyset> shared = Optional.empty();
    private Optional<LastKnownFile> copy = Optional.empty();
    private volatile boolean closed;

    /** Reads nothing yet. */
    public StoreSession(Path file, Allow allow, TicketPolicy policy, Duration defaultPeriod) {
        this.file = file;
        this.allow = allow;
        this.policy = policy;
        this.defaultPeriod = defaultPeriod;
    }

    /**
     * Reads the properties file and the store, and writes the next document if it is due.
     *
     * @return what is wrong, if something is; {@link #content} may have changed all the same
     */
    public Optional<KeySourceException> poll(Instant now) {
        try {
            SharedKeyset keyset = current();
            try {
                keyset.poll(now);
            } finally {
                save(keyset.content());
            }
            return Optional.empty();
        } catch (KeySourceException e) {
            return Optional.of(e);
        }
    }

    /** As {@link SharedKeyset#content}. */
    public Optional<byte[]> content() {
        return shared.flatMap(SharedKeyset::content);
    }

    /** As {@link SharedKeyset#keyset}. */
    public ScheduledKeyset keyset() throws KeySourceException {
        return shared.orElseThrow().keyset();
    }

    /** As {@link SharedKeyset#isUsable}. */
    public boolean isUsable(Instant now) throws KeySourceException {
        return shared.orElseThrow().isUsable(now);
    }

    /** Empty if no document is in use yet. */
    public Optional<StoreStatus> status() {
        return shared.flatMap(SharedKeyset::status);
    }

    /** As {@link SharedKeyset#awaitChange}. */
    public void awaitChange(Duration atMost) throws KeysetStoreException, InterruptedException {
        Optional<SharedKeyset> present = shared;
        if (present.isEmpty()) {
            throw new KeysetStoreException("the store is not open");
        }
        present.get().awaitChange(atMost);
    }

    @Override
    public synchronized void close() {
        closed = true;
        // Its document may contain keys in plain text.
        shared = Optional.empty();
        closeStore();
    }

    // Without a lock, because reading a file or opening a store may take for ever, and close() must not.
    private SharedKeyset current() throws KeySourceException {
        requireOpen();
        StoreSettings read = StoreSettings.read(file, allow, policy, Optional.of(defaultPeriod));
        Optional<SharedKeyset> present = shared;
        if (present.isPresent() && settings.filter(read::sameAs).isPresent()) {
            read.destroy();
            return present.get();
        }
        Optional<KeysetStore> opened = Optional.empty();
        boolean isTaken = false;
        try {
            opened = Optional.of(read.openStore());
            DocumentCipher cipher = new DocumentCipher(opened.get().name(), read.documentName(), read.wrappingKeys());
            SharedKeyset next = new SharedKeyset(opened.get(), cipher, read.plan(), policy);
            Optional<LastKnownFile> nextCopy =
                    read.lastKnown().map(path -> new LastKnownFile(SecretFile.ofLastKnown(path, allow, file), cipher));
            rememberWhatIsKnown(read, next, nextCopy);
            exchange(opened.get(), read, next);
            copy = nextCopy;
            isTaken = true;
            return next;
        } finally {
            if (!isTaken) {
                opened.ifPresent(StoreSession::close);
                read.destroy();
            }
        }
    }

    private void rememberWhatIsKnown(StoreSettings read, SharedKeyset next, Optional<LastKnownFile> nextCopy)
            throws KeySourceException {
        boolean isSameDocument = settings.filter(old -> old.documentName().equals(read.documentName()))
                .isPresent();
        Optional<byte[]> known = content();
        if (isSameDocument && known.isPresent()) {
            next.remember(known.get());
        } else {
            nextCopy.ifPresent(last -> last.recall(next));
        }
    }

    private synchronized void exchange(KeysetStore opened, StoreSettings read, SharedKeyset next)
            throws KeySourceException {
        requireOpen();
        closeStore();
        store = Optional.of(opened);
        settings = Optional.of(read);
        shared = Optional.of(next);
    }

    private void requireOpen() throws KeySourceException {
        if (closed) {
            throw new KeySourceException("store:" + file + " is closed");
        }
    }

    private void closeStore() {
        store.ifPresent(StoreSession::close);
        settings.ifPresent(StoreSettings::destroy);
    }

    /** Logs it if a store cannot be closed. */
    static void close(KeysetStore store) {
        try {
            store.close();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A store of ticket keys cannot be closed: {0}", e.toString());
        }
    }

    private void save(Optional<byte[]> content) {
        if (copy.isPresent() && content.isPresent()) {
            copy.get().save(content.get());
        }
    }
}
