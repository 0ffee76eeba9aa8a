package dev.gangway;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** What a {@link KeysetStore} had under its name when it was read. Immutable. */
public final class StoredDocument {
    private final Optional<byte[]> content;
    private final long version;
    private final Optional<Instant> storeTime;

    private StoredDocument(Optional<byte[]> content, long version, Optional<Instant> storeTime) {
        this.content = content;
        this.version = version;
        this.storeTime = Objects.requireNonNull(storeTime, "storeTime");
    }

    /**
     * The store has a document.
     *
     * @param content copied
     * @param version the store's own version of it, which every swap changes
     * @param storeTime the time of the store's clock; empty if the store does not tell it
     */
    public static StoredDocument of(byte[] content, long version, Optional<Instant> storeTime) {
        return new StoredDocument(Optional.of(content.clone()), version, storeTime);
    }

    /**
     * The store answered, and has no document.
     *
     * @param storeTime the time of the store's clock; empty if the store does not tell it
     */
    public static StoredDocument absent(Optional<Instant> storeTime) {
        return new StoredDocument(Optional.empty(), 0, storeTime);
    }

    /** Whether the store has a document. */
    public boolean isPresent() {
        return content.isPresent();
    }

    /** A copy of the document; empty if there is none. */
    public Optional<byte[]> content() {
        return content.map(byte[]::clone);
    }

    /** The store's own version of the document; 0 if there is none. */
    public long version() {
        return version;
    }

    /** The time of the store's clock when it was read; empty if the store does not tell it. */
    public Optional<Instant> storeTime() {
        return storeTime;
    }

    /** Whether the document has exactly these bytes. */
    public boolean hasContent(byte[] other) {
        return content.filter(mine -> Arrays.equals(mine, other)).isPresent();
    }

    @Override
    public String toString() {
        return content.map(bytes -> "StoredDocument[version " + version + ", " + bytes.length + " bytes]")
                .orElse("StoredDocument[absent]");
    }
}
