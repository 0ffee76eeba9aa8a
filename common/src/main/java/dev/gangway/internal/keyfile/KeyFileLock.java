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
 * A lock that keeps two processes on one machine from changing the same key file at once. Without it, two cron jobs
 * that overlap would each add a next key, and one of these keys would be lost.
 *
 * <p>The locked file is an empty file beside the key file, {@code .NAME.lock}, which stays there. The key file itself
 * cannot be locked: it is replaced, and a process loses its POSIX lock as soon as it closes the locked file anywhere,
 * as it does after reading the keys. Only the owner may open the lock file, because every process that can read it can
 * hold its lock.
 */
public final class KeyFileLock {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 20;

    private KeyFileLock() {}

    /**
     * Waits for the lock, removes temporary files of earlier changes, then runs {@code change} while holding the lock.
     *
     * @throws IOException if the lock cannot be obtained within 30 seconds, or the change fails
     * @throws KeySourceException if the change throws it
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
            giveToOwnerOf(target, lock);
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
                    "key file " + file + " cannot be written: the directory " + lock.getParent()
                            + " does not exist; create it first",
                    e);
        } catch (AccessDeniedException e) {
            throw new IOException(
                    "key file " + file + " cannot be changed by user " + System.getProperty("user.name")
                            + ", who has no permission to write " + lock
                            + "; run this as root, or as the user who owns the directory and that file, or change"
                            + " their owner"
                            + " with 'chown'",
                    e);
        } catch (FileSystemException e) {
            throw new IOException(
                    "key file " + file + " cannot be changed: " + lock + " cannot be opened: " + e.getReason(), e);
        }
    }

    // A user who can write the folder may have put something else there, such as a pipe, on which opening could block.
    private static void requireFileOrNone(Path lock, Path file) throws IOException {
        if (Files.exists(lock, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("key file " + file + " cannot be changed: " + lock
                    + " must be an empty file, but it is not a regular file; remove it");
        }
    }

    // The file may have been created by other means, or by an earlier version.
    private static void closeToOthers(Path lock) throws IOException {
        PosixFileAttributeView view = attributesOf(lock);
        if (view != null
                && !PosixFilePermissions.toString(view.readAttributes().permissions())
                        .endsWith("------")) {
            view.setPermissions(PosixFilePermissions.fromString("rw-------"));
        }
    }

    // After a run as root, the user who owns the keys must still be able to change them. A hard link to another file is
    // not given away.
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
                // Only root can change the owner. For another user, replacing the key file fails later with a message.
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
                throw new IOException("key file " + file + " is unchanged: another process has held its lock " + lock
                        + " for more than " + Durations.format(patience) + "; wait until it ends, or stop it ('fuser "
                        + lock
                        + "' shows its process id)");
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
            // This process holds it.
            return false;
        }
    }

    /** Reads the file, and replaces it. */
    public interface Change {
        /** Called once. */
        void make() throws IOException, KeySourceException;
    }
}
