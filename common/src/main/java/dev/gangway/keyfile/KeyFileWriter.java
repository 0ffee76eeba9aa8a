package dev.gangway.keyfile;

import dev.gangway.keys.TicketKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Arrays;
import java.util.List;

/** Writes key files so that a reader sees the old file or the new one, never a part, and nobody but the owner either. */
public final class KeyFileWriter {
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
     * Replaces {@code file} by {@code content}: mode 0600, written beside it, flushed to disk, renamed over it. A file
     * that is there keeps its owner, and a symbolic link stays one.
     *
     * @throws IOException naming the file and why it could not be written; it is then as it was
     */
    public static void replace(Path file, byte[] content) throws IOException {
        try {
            Path target = target(file);
            Path temporary =
                    Files.createTempFile(target.getParent(), "." + target.getFileName(), ".new", ownerOnly(target));
            try {
                write(temporary, content);
                if (Files.exists(target)) {
                    keepOwner(target, temporary);
                }
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the file system of " + file + " cannot replace a file atomically", e);
        } catch (IOException e) {
            throw new IOException("key file " + file + " cannot be written, and is as it was: " + e, e);
        }
    }

    /** What {@code file} stands for: the end of its symbolic links, or the place where it is to be made. */
    static Path target(Path file) throws IOException {
        return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    // A timer of root's must not take the file away from the server's user.
    private static void keepOwner(Path existing, Path replacement) throws IOException {
        UserPrincipal owner = Files.getOwner(existing);
        if (!owner.equals(Files.getOwner(replacement))) {
            Files.setOwner(replacement, owner);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
