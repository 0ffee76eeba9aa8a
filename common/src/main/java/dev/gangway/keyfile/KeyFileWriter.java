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

    /** Replaces {@code file} by {@code content}: mode 0600, written beside it, flushed to disk, renamed over it. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path target = file.toAbsolutePath();
        Path temporary =
                Files.createTempFile(target.getParent(), "." + target.getFileName(), ".new", ownerOnly(target));
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            try {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                throw new IOException("the file system of " + target + " cannot replace a file atomically", e);
            }
        } finally {
            Files.deleteIfExists(temporary);
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
