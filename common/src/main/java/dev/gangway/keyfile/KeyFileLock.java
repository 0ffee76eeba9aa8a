package dev.gangway.keyfile;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps two processes on one machine from changing one key file at the same time: without it, two timers that overlap
 * would each announce a next key of their own, and one of them would vanish again.
 *
 * <p>What is locked is an empty file beside the key file, {@code .NAME.lock}, which stays there. The key file itself will
 * not do: it is replaced, and a POSIX lock is lost as soon as its process closes the locked file anywhere, as reading the
 * keys does.
 */
public final class KeyFileLock {
    private KeyFileLock() {}

    /**
     * Waits for its turn, then does {@code change} while no other process can.
     *
     * @throws IOException if the lock cannot be had, or the change fails
     * @throws KeyFileException if the change does
     */
    public static void during(Path file, Change change) throws IOException, KeyFileException {
        Path target = KeyFileWriter.target(file);
        Path lock = target.resolveSibling("." + target.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            channel.lock();
            change.make();
        }
    }

    /** Reads the file, and replaces it. */
    public interface Change {
        /** Called once. */
        void make() throws IOException, KeyFileException;
    }
}
