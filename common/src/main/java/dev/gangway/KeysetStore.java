package dev.gangway;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A store that all nodes of a fleet share, such as a database, with one document in it. The document is text in ASCII of
 * at most 64 KiB; its keys are encrypted, and the store need not understand it.
 *
 * <p>A store only has to swap documents atomically. Everything else, such as encryption, rotation and the refusal of older
 * documents, is done by Gangway.
 *
 * <p>Only one thread at a time calls {@link #read} and {@link #compareAndSwap}, and only one {@link #awaitChange}. But while one
 * waits for a change, another one may read and swap, as the operation {@code reload} of JMX does. Any thread may call {@link
 * #name} and {@link #close}.
 *
 * @see KeysetStoreProvider
 */
public interface KeysetStore extends AutoCloseable {
    /**
     * Reads the document as it is after all swaps that have succeeded so far, so never from a replica that may be behind.
     *
     * @return {@link StoredDocument#absent} only if the store answered that there is no document
     * @throws KeysetStoreException if the store does not answer in a few seconds, or answers with an error
     */
    StoredDocument read() throws KeysetStoreException;

    /**
     * Replaces the document, or makes the first one, if the store still has what {@code expected} says.
     *
     * @param expected from {@link #read}
     * @return whether the document was replaced; false if another writer was earlier, and nothing was changed
     * @throws KeysetStoreException if the store fails. It is then unknown whether the document was replaced
     */
    boolean compareAndSwap(StoredDocument expected, byte[] content) throws KeysetStoreException;

    /**
     * Waits until the document may have changed, but no longer than {@code atMost}. A store without notifications waits
     * for the whole time, as this default does.
     *
     * @param last from {@link #read}
     * @throws KeysetStoreException if the store cannot tell changes now
     * @throws InterruptedException if the waiting thread was interrupted
     */
    default void awaitChange(StoredDocument last, Duration atMost) throws KeysetStoreException, InterruptedException {
        TimeUnit.NANOSECONDS.sleep(atMost.toNanos());
    }

    /** The name of this store in logs and JMX, such as {@code jdbc:postgresql://db/fleet}. Contains no password. */
    String name();

    /** Releases what the store holds. Another thread may be in any other method, which then ends. */
    @Override
    default void close() {}
}
