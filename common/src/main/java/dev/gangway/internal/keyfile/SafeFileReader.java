package dev.gangway.internal.keyfile;

import dev.gangway.KeySourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Reads a small secret file, or throws an exception with the reason. The file must be a regular file (symbolic links
 * are followed, as a Kubernetes mount needs), not empty, not too large, not accessible to group and others, and
 * unchanged while it is read.
 */
public final class SafeFileReader {
    /** The users, besides the owner, that may have read access to a key file. */
    public enum Allow {
        OWNER_ONLY,
        GROUP,
        ANYONE;

        Set<PosixFilePermission> permissions() {
            return switch (this) {
                case OWNER_ONLY -> Set.of();
                case GROUP -> Set.of(PosixFilePermission.GROUP_READ);
                case ANYONE -> Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
            };
        }
    }

    private static final int MAX_LENGTH = 64 * 1024;
    // More successive renames than occur in practice; all attempts take milliseconds.
    private static final int ATTEMPTS = 100;
    private static final Set<PosixFilePermission> FOREIGN = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    // No option accepts a file that others can write.
    private static final Set<PosixFilePermission> READ =
            EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private SafeFileReader() {}

    /** As {@link #read(Path, Allow, String)}, for a file made by {@code keys new}. */
    public static byte[] read(Path file, Allow allow) throws KeySourceException {
        return read(file, allow, "keys new " + file);
    }

    /** As {@link #read(SecretFile)}, for a key file made by the command {@code making}. */
    public static byte[] read(Path file, Allow allow, String making) throws KeySourceException {
        return read(SecretFile.ofKeys(file, allow, making));
    }

    /**
     * @return the content, which the caller wipes after use
     * @throws KeySourceException naming the file, what is wrong with it and the way out
     */
    public static byte[] read(SecretFile file) throws KeySourceException {
        Path path = file.path();
        try {
            for (int attempt = 1; ; attempt++) {
                BasicFileAttributes before = attributes(path);
                requireUsable(file, before);
                byte[] content = readAll(path);
                BasicFileAttributes after = attributes(path);
                if (Objects.equals(before.fileKey(), after.fileKey())
                        && before.size() == after.size()
                        && content.length == after.size()
                        && before.lastModifiedTime().equals(after.lastModifiedTime())) {
                    return content;
                }
                Arrays.fill(content, (byte) 0);
                // Most likely another file has been renamed over it, as intended, so the new file is read. It may have
                // the inode number of the old one.
                if (attempt == ATTEMPTS) {
                    throw new KeySourceException(
                            file + " changed while it was read; write a new file and rename it to this path");
                }
            }
        } catch (NoSuchFileException e) {
            throw new KeySourceException(missing(file), e);
        } catch (AccessDeniedException e) {
            throw new KeySourceException(denied(file), e);
        } catch (IOException | SecurityException e) {
            throw new KeySourceException(file + " cannot be read: " + e, e);
        }
    }

    // The server's working directory is rarely known to the operator.
    private static String missing(SecretFile file) {
        return file + " does not exist"
                + (file.path().isAbsolute()
                        ? "; " + file.remedies().ifMissing() + ", or correct the path"
                        : ": a relative path starts at " + Path.of("").toAbsolutePath()
                                + ", the working directory of this process; "
                                + file.remedies().ifMissing() + ", or give an absolute path");
    }

    private static String denied(SecretFile file) {
        String user = System.getProperty("user.name");
        String start = file + " may not be read by user " + user;
        try {
            PosixFileAttributes found = Files.readAttributes(file.path(), PosixFileAttributes.class);
            return start + ": it belongs to " + found.owner() + ", with permissions "
                    + PosixFilePermissions.toString(found.permissions())
                    + "; make the server's user its owner, with mode 600 ('chown " + user + " " + file.path()
                    + "', 'chmod 600 " + file.path()
                    + "'); or give it a group of the server's user, with mode 640, and "
                    + file.remedies().ifReadByGroup();
        } catch (IOException | UnsupportedOperationException e) {
            return start
                    + ", who has no access to one of its parent directories; change the owner of that directory"
                    + " ('chown') or its permissions"
                    + " ('chmod')";
        }
    }

    /** What a file must not permit. */
    static Set<PosixFilePermission> refused(Allow allow) {
        EnumSet<PosixFilePermission> refused = EnumSet.copyOf(FOREIGN);
        refused.removeAll(allow.permissions());
        return refused;
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return isPosix(file)
                ? Files.readAttributes(file, PosixFileAttributes.class)
                : Files.readAttributes(file, BasicFileAttributes.class);
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void requireUsable(SecretFile file, BasicFileAttributes attributes) throws KeySourceException {
        if (!attributes.isRegularFile()) {
            throw new KeySourceException(file + " is "
                    + (attributes.isDirectory()
                            ? "a directory; give the path of a file in it, such as "
                                    + file.path().resolve(file.example())
                            : "not a regular file; give the path of one"));
        }
        if (attributes instanceof PosixFileAttributes posix) {
            Set<PosixFilePermission> excess = refused(file.allow());
            excess.retainAll(posix.permissions());
            if (!excess.isEmpty()) {
                throw new KeySourceException(file + " has permissions "
                        + PosixFilePermissions.toString(posix.permissions())
                        + ", so users other than its owner have access; run 'chmod 600 " + file.path() + "'"
                        + (READ.containsAll(excess) ? ", or " + file.remedies().ifReadByOthers() : ""));
            }
        }
        if (attributes.size() == 0) {
            throw new KeySourceException(file + " is empty; " + file.remedies().ifEmpty());
        }
        if (attributes.size() > MAX_LENGTH) {
            throw new KeySourceException(
                    file + " has " + attributes.size() + " bytes; a " + file.kind() + " has at most " + MAX_LENGTH);
        }
    }

    // A buffer of our own can be wiped; a stream's own buffers may keep parts of the file.
    private static byte[] readAll(Path file) throws IOException {
        byte[] buffer = new byte[MAX_LENGTH + 1];
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.copyOf(buffer, in.readNBytes(buffer, 0, buffer.length));
        } finally {
            Arrays.fill(buffer, (byte) 0);
        }
    }
}
