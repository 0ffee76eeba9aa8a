package dev.gangway.internal.keyfile;

import dev.gangway.internal.keyfile.SafeFileReader.Allow;
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

/**
 * Writes key files atomically: a reader sees the old file or the new one, never a part. A new file is not readable by
 * more users than the old one.
 */
public final class KeyFileWriter {
    private static final String TEMPORARY = ".new";
    private static final int MOST_LINKS = 40;
    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyFileWriter() {}

    /** Replaces {@code file} with a keyset of {@code keys}, all of which must have times. */
    public static void writeKeyset(Path file, List<TicketKey> keys) throws IOException {
        writeKeyset(file, keys, KeyFileAccess.UNCHANGED);
    }

    /** As {@link #writeKeyset(Path, List)}, for a file that belongs to others. */
    public static void writeKeyset(Path file, List<TicketKey> keys, KeyFileAccess access) throws IOException {
        byte[] content = KeysetText.format(keys);
        try {
            replace(SecretFile.ofKeys(file, Allow.ANYONE, "keys new " + file), content, access);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /**
     * Replaces {@code file} with {@code content}: writes a file beside it, flushes it to disk, and renames it. A new
     * file has mode 0600. A replaced file keeps its owner, group and read permissions, so that all servers that read
     * the old file can read the new one. A symbolic link is kept.
     *
     * @throws IOException naming the file and the reason; the file is then unchanged
     */
    public static void replace(Path file, byte[] content) throws IOException {
        replace(SecretFile.ofKeys(file, Allow.ANYONE, "keys new " + file), content);
    }

    /** As {@link #replace(Path, byte[])}, without readers that {@code file} does not allow. Messages say what it is. */
    public static void replace(SecretFile file, byte[] content) throws IOException {
        replace(file, content, KeyFileAccess.UNCHANGED);
    }

    private static void replace(SecretFile file, byte[] content, KeyFileAccess access) throws IOException {
        try {
            Path target = target(file.path(), file.toString());
            Path temporary = target.resolveSibling(
                    "." + target.getFileName() + "." + Long.toUnsignedString(RANDOM.nextLong()) + TEMPORARY);
            try {
                write(temporary, content);
                if (Files.exists(target)) {
                    keepAccess(target, temporary, file.allow());
                }
                access.give(temporary);
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
            makeLast(target.getParent());
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException(
                    "the file system of " + file.path() + " cannot replace a file atomically; put the " + file.kind()
                            + " on another one",
                    e);
        } catch (IOException e) {
            throw new IOException(file + " cannot be written, and is unchanged: " + reason(e), e);
        }
    }

    /**
     * Removes the temporary files, with all their secrets, that killed runs have left beside {@code target}. The caller
     * must hold the {@linkplain KeyFileLock lock}, because another process may be writing such a file.
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
                    "a killed run has left " + leftover + ", which holds keys and cannot be removed (" + e
                            + "); remove it",
                    e);
        }
    }

    /**
     * Resolves the symbolic links of {@code file}. The target need not exist yet.
     *
     * @throws IOException if the target exists and is not a regular file; it is never replaced
     */
    static Path target(Path file) throws IOException {
        return target(file, "key file " + file);
    }

    private static Path target(Path file, String what) throws IOException {
        Path target = file.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MOST_LINKS) {
                throw new IOException(what + " is a symbolic link to itself; remove it");
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        if (Files.exists(target)) {
            requireFile(what, target);
            return target.toRealPath();
        }
        return target;
    }

    private static void requireFile(String what, Path target) throws IOException {
        if (!Files.isRegularFile(target)) {
            throw new IOException(what + " is "
                    + (Files.isDirectory(target) ? "a directory" : "not a regular file")
                    + ", which is not replaced; give the path of a file, or of a new file");
        }
    }

    // A user who can write the folder can replace a file in it at any time, for instance with a link to a file that
    // only root may write. So the file must be a new one, and no link is followed.
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

    // After a run as root, the server's user or group must still be able to read the file: otherwise the server would
    // go on with the old keys. The group is set first, so that no other group can read the file meanwhile.
    private static void keepAccess(Path existing, Path replacement, Allow readers) throws IOException {
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
            // Servers refuse a file that others can write.
            permissions.removeAll(SafeFileReader.refused(readers));
            view.setPermissions(permissions);
            if (!before.owner().equals(made.owner())) {
                view.setOwner(before.owner());
            }
        } catch (IOException e) {
            throw new IOException(
                    "it belongs to user " + before.owner() + " and group " + before.group() + ", and user "
                            + made.owner() + " has no permission to create such a file (" + e
                            + "); run this as root, or as user "
                            + before.owner(),
                    e);
        }
    }

    // The owner need not be a member of the group. If the group has no read permission, failing to keep it does no
    // harm.
    private static void keepGroup(PosixFileAttributes before, PosixFileAttributeView view) throws IOException {
        try {
            view.setGroup(before.group());
        } catch (IOException e) {
            if (before.permissions().contains(PosixFilePermission.GROUP_READ)) {
                throw e;
            }
        }
    }

    // Makes the rename survive a power failure. Not every file system supports that, and the file has already been
    // replaced, so a failure is ignored.
    private static void makeLast(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Ignored, as explained above.
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
