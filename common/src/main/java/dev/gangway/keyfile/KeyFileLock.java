package dev.gangway.keyfile;

import dev.gangway.keys.Durations;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;

/**
 * Keeps two processes on one machine from changing one key file at the same time: without it, two timers that overlap
 * would each announce a next key of their own, and one of them would vanish again.
 *
 * <p>What is locked is an empty file beside the key file, {@code .NAME.lock}, which stays there. The key file itself will
 * not do: it is replaced, and a POSIX lock is lost as soon as its process closes the locked file anywhere, as reading the
 * keys does. Nobody but its owner may open the lock file: whoever can read it can hold its lock.
 */
public final class KeyFileLock {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 20;

    private KeyFileLock() {}

    /**
     * Waits for its turn, removes what earlier changes have left behind, then does {@code change} while no other process can.
     *
     * @throws IOException if the lock cannot be had within half a minute, or the change fails
     * @throws KeyFileException if the change does
     */
    public static void during(Path file, Change change) throws IOException, KeyFileException {
        during(file, PATIENCE, change);
    }

    static void during(Path file, Duration patience, Change change) throws IOException, KeyFileException {
        Path target = KeyFileWriter.target(file);
        Path lock = target.resolveSibling("." + target.getFileName() + ".lock");
        try (FileChannel channel = open(lock, file)) {
            closeToOthers(lock);
            acquire(channel, lock, file, patience);
            KeyFileWriter.removeLeftovers(target);
            change.make();
        }
    }

    private static FileChannel open(Path lock, Path file) throws IOException {
        try {
            return FileChannel.open(
                    lock,
                    Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS),
                    KeyFileWriter.ownerOnly(lock));
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "key file " + file + " cannot be written: there is no folder " + lock.getParent()
                            + "; make it first",
                    e);
        } catch (AccessDeniedException e) {
            throw new IOException(
                    "key file " + file + " cannot be changed by user " + System.getProperty("user.name")
                            + ", who may not write " + lock
                            + "; run this as root, or as the user who owns the folder and that"
                            + " file",
                    e);
        }
    }

    // One that was made by other means, or by an earlier version.
    private static void closeToOthers(Path lock) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(lock, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view != null
                && !PosixFilePermissions.toString(view.readAttributes().permissions())
                        .endsWith("------")) {
            Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static void acquire(FileChannel channel, Path lock, Path file, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!tryLock(channel)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("key file " + file + " is as it was: another process has held its lock " + lock
                        + " for more than " + Durations.format(patience) + "; wait until it is done, or end it ('fuser "
                        + lock
                        + "' tells which one it is)");
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while " + lock + " was held by another process");
            }
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Held by this very process.
            return false;
        }
    }

    /** Reads the file, and replaces it. */
    public interface Change {
        /** Called once. */
        void make() throws IOException, KeyFileException;
    }
}
