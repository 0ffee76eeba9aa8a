package dev.gangway.internal.keyfile;

import dev.gangway.internal.keys.KeysetText;
import dev.gangway.internal.keys.TicketKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes key files so that a reader sees the old file or the new one, never a part, and no more people see one than before. */
public final class KeyFileWriter {
    private static final String TEMPORARY = ".new";
    private static final int MOST_LINKS = 40;
    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyFileWriter() {}

    /** Replaces {@code file} by a keyset of {@code keys}, all of which must have times. */
    public static void writeKeyset(Path file, List<TicketKey> keys) throws IOException {
        byte[] content = KeysetText.format(keys);
        try {
            replace(file, content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /**
     * Replaces {@code file} by {@code content}: written beside it, flushed to disk, renamed over it. A new file has mode 0600.
     * One that is there keeps its owner, its group and who may read it, so that all servers that read the old file read the new
     * one; and a symbolic link stays one.
     *
     * @throws IOException naming the file and why it could not be written; it is then as it was
     */
    public static void replace(Path file, byte[] content) throws IOException {
        try {
            Path target = target(file);
            Path temporary = target.resolveSibling(
                    "." + target.getFileName() + "." + Long.toUnsignedString(RANDOM.nextLong()) + TEMPORARY);
            try {
                write(temporary, content);
                if (Files.exists(target)) {
                    keepAccess(target, temporary);
                }
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
            makeLast(target.getParent());
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the file system of " + file + " cannot replace a file atomically", e);
        } catch (IOException e) {
            throw new IOException("key file " + file + " cannot be written, and is as it was: " + reason(e), e);
        }
    }

    /**
     * Removes what runs that were killed have left beside {@code target}: files with all its secrets. Only to be called by one
     * who holds the {@linkplain KeyFileLock lock}, as others may be writing such a file.
     */
    static void removeLeftovers(Path target) throws IOException {
        Pattern name =
                Pattern.compile(Pattern.quote("." + target.getFileName() + ".") + "\\d+" + Pattern.quote(TEMPORARY));
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(
                target.getParent(),
                path -> name.matcher(path.getFileName().toString()).matches()
                        && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))) {
            for (Path leftover : leftovers) {
                remove(leftover);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void remove(Path leftover) throws IOException {
        try {
            Files.deleteIfExists(leftover);
        } catch (IOException e) {
            throw new IOException(
                    "a run that was killed has left " + leftover + ", which holds keys and cannot be removed (" + e
                            + "); remove it",
                    e);
        }
    }

    /**
     * What {@code file} stands for: the end of its symbolic links, or the place where it is to be made, be it behind a link that
     * leads nowhere yet.
     *
     * @throws IOException if something else than a file is there: that is never replaced
     */
    static Path target(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MOST_LINKS) {
                throw new IOException("key file " + file + " is a symbolic link that leads to itself; remove it");
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        if (Files.exists(target)) {
            requireFile(file, target);
            return target.toRealPath();
        }
        return target;
    }

    private static void requireFile(Path file, Path target) throws IOException {
        if (!Files.isRegularFile(target)) {
            throw new IOException("key file " + file + " is "
                    + (Files.isDirectory(target) ? "a directory" : "not a regular file")
                    + ", which is not replaced; name a file, or one that is to be made");
        }
    }

    // Whoever may write the folder may put something else in the place of a file in it at any time: a link to a file
    // that
    // only root may write, for instance. So what is there is made here, and no link is followed.
    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS),
                ownerOnly(file))) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    // A run of root's must not take the file away from the server's user or group: the server would go on with the old
    // keys.
    // The group comes first, so that nobody else's group can read the file for a moment.
    private static void keepAccess(Path existing, Path replacement) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(replacement, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return;
        }
        PosixFileAttributes before = Files.readAttributes(existing, PosixFileAttributes.class);
        PosixFileAttributes made = view.readAttributes();
        try {
            if (!before.group().equals(made.group())) {
                keepGroup(before, view);
            }
            EnumSet<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            permissions.addAll(before.permissions());
            // No server takes a file that others can write.
            permissions.remove(PosixFilePermission.GROUP_WRITE);
            permissions.remove(PosixFilePermission.OTHERS_WRITE);
            view.setPermissions(permissions);
            if (!before.owner().equals(made.owner())) {
                view.setOwner(before.owner());
            }
        } catch (IOException e) {
            throw new IOException(
                    "it belongs to user " + before.owner() + " and group " + before.group() + ", and user "
                            + made.owner() + " may not make a file that does (" + e + "); run this as root, or as user "
                            + before.owner(),
                    e);
        }
    }

    // A group that cannot read the file anyway is kept if that is possible: who owns it need not be one of the group.
    private static void keepGroup(PosixFileAttributes before, PosixFileAttributeView view) throws IOException {
        try {
            view.setGroup(before.group());
        } catch (IOException e) {
            if (before.permissions().contains(PosixFilePermission.GROUP_READ)) {
                throw e;
            }
        }
    }

    // So that the new name survives a power failure as the content does. Not every system and file system can do that,
    // and the
    // file has been replaced by now: nothing is gained by failing.
    private static void makeLast(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // See above.
        }
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException || e.getMessage() == null ? e.toString() : e.getMessage();
    }

    static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
