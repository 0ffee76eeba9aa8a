package dev.gangway.internal.keyfile;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.Durations;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
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
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 20;

    private KeyFileLock() {}

    /**
     * Waits for its turn, removes what earlier changes have left behind, then does {@code change} while no other process can.
     *
     * @throws IOException if the lock cannot be had within half a minute, or the change fails
     * @throws KeySourceException if the change does
     */
    public static void during(Path file, Change change) throws IOException, KeySourceException {
        during(file, TIMEOUT, change);
    }

    static void during(Path file, Duration patience, Change change) throws IOException, KeySourceException {
        Path target = KeyFileWriter.target(file);
        Path lock = target.resolveSibling("." + target.getFileName() + ".lock");
        requireFileOrNone(lock, file);
        try (FileChannel channel = open(lock, file)) {
            closeToOthers(lock);
            giveToOwnerOf(target, lock);
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
                            + "; run this as root, or as the user who owns the folder and that file; 'chown' gives them to"
                            + " another",
                    e);
        } catch (FileSystemException e) {
            throw new IOException(
                    "key file " + file + " cannot be changed: " + lock + " cannot be opened: " + e.getReason(), e);
        }
    }

    // Something else may be there, put by one who may write the folder, and opening it might take for ever.
    private static void requireFileOrNone(Path lock, Path file) throws IOException {
        if (Files.exists(lock, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("key file " + file + " cannot be changed: " + lock
                    + " is to be an empty file, and something else is there; remove it");
        }
    }

    // One that was made by other means, or by an earlier version.
    private static void closeToOthers(Path lock) throws IOException {
        PosixFileAttributeView view = attributesOf(lock);
        if (view != null
                && !PosixFilePermissions.toString(view.readAttributes().permissions())
                        .endsWith("------")) {
            view.setPermissions(PosixFilePermissions.fromString("rw-------"));
        }
    }

    // After a run of root's, the user who owns the keys must still be able to change them. A name of some other file is
    // not
    // given away.
    private static void giveToOwnerOf(Path target, Path lock) throws IOException {
        PosixFileAttributeView view = attributesOf(lock);
        if (view == null || !Files.exists(target)) {
            return;
        }
        UserPrincipal owner = Files.getOwner(target);
        if (!view.readAttributes().owner().equals(owner)
                && Integer.valueOf(1).equals(Files.getAttribute(lock, "unix:nlink", LinkOption.NOFOLLOW_LINKS))) {
            try {
                view.setOwner(owner);
            } catch (IOException e) {
                // Only root can. Another user works on somebody else's file, and is told so when that is replaced.
            }
        }
    }

    private static PosixFileAttributeView attributesOf(Path lock) {
        return Files.getFileAttributeView(lock, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
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
        void make() throws IOException, KeySourceException;
    }
}
