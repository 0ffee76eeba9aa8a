package dev.gangway.acceptance.chaos;

import dev.gangway.internal.keyfile.KeyFileWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;

/** The key file of a server, and the faults that it can have. */
final class KeyFile {
    private static final String CLOSED = "rw-------";
    private static final int MORE_THAN_ANY_KEY_FILE = 70_000;

    private final Path file;
    private final Random random;
    private int versions;

    /** @param file in a separate folder */
    KeyFile(Path file, Random random) {
        this.file = file;
        this.random = random;
    }

    Path path() {
        return file;
    }

    byte[] content() throws IOException {
        return Files.readAllBytes(file);
    }

    /** Whether a server that runs as this user may read it. */
    boolean isClosedToOthers() throws IOException {
        return Files.isReadable(file)
                && PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                        .endsWith("------");
    }

    /** Replaces the file atomically by one with {@code content}. */
    void replace(byte[] content) throws IOException {
        put(write("next", content));
    }

    /** Replaces the file like Kubernetes: the file is a link through a link to a folder, and the latter is replaced. */
    void swapFolder(byte[] content) throws IOException {
        Path folder = Files.createDirectory(file.resolveSibling("..version-" + versions++));
        Files.move(write("next", content), folder.resolve(file.getFileName()));
        Path current = file.resolveSibling("..data");
        Path old = Files.isSymbolicLink(current) ? current.toRealPath() : null;
        Path next = Files.createSymbolicLink(file.resolveSibling("..data-next"), folder.getFileName());
        Files.move(next, current, StandardCopyOption.ATOMIC_MOVE);
        Path throughData = Path.of("..data").resolve(file.getFileName());
        if (!Files.isSymbolicLink(file) || !Files.readSymbolicLink(file).equals(throughData)) {
            put(Files.createSymbolicLink(file.resolveSibling("next"), throughData));
        }
        if (old != null) {
            // With the lock files of earlier commands.
            try (DirectoryStream<Path> files = Files.newDirectoryStream(old)) {
                for (Path each : files) {
                    Files.delete(each);
                }
            }
            Files.delete(old);
        }
    }

    /** Overwrites the file with {@code content} in pieces, with {@code pause} between them. */
    void overwrite(byte[] content, int pieces, ServerProcess.Work pause) throws Exception {
        try (FileChannel channel = open(StandardOpenOption.TRUNCATE_EXISTING)) {
            int size = (content.length + pieces - 1) / pieces;
            for (int start = 0; start < content.length; start += size) {
                pause.run();
                channel.write(ByteBuffer.wrap(content, start, Math.min(size, content.length - start)));
            }
        }
    }

    /** Overwrites the file with the beginning of {@code content}. */
    void tear(byte[] content) throws IOException {
        try (FileChannel channel = open(StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(content, 0, 1 + random.nextInt(content.length - 2)));
        }
    }

    void truncate() throws IOException {
        try (FileChannel channel = open()) {
            // Shorter than any raw key.
            channel.truncate(random.nextInt((int) Math.max(1, Math.min(48, channel.size() - 1))));
        }
    }

    /** Changes one bit of any byte except the last, which is a line break. */
    void flipBit() throws IOException {
        try (FileChannel channel = open()) {
            long position = random.nextInt((int) Math.max(1, channel.size() - 1));
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, position);
            one.put(0, (byte) (one.get(0) ^ 1 << random.nextInt(8))).flip();
            channel.write(one, position);
        }
    }

    /** Bytes that are no valid keys. */
    void garbage() throws IOException {
        byte[] bytes = new byte[81 + random.nextInt(1000)];
        random.nextBytes(bytes);
        replace(bytes);
    }

    void empty() throws IOException {
        replace(new byte[0]);
    }

    void huge() throws IOException {
        byte[] bytes = new byte[MORE_THAN_ANY_KEY_FILE];
        Arrays.fill(bytes, (byte) '#');
        replace(bytes);
    }

    void setMode(String permissions) throws IOException {
        if (Files.isRegularFile(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        }
    }

    void delete() throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(file);
        } else if (isPipe()) {
            whilePipeIsOpen(() -> Files.delete(file));
        } else {
            Files.deleteIfExists(file);
        }
    }

    void makeDirectory() throws IOException {
        delete();
        Files.createDirectory(file);
    }

    void makeDanglingLink() throws IOException {
        put(Files.createSymbolicLink(file.resolveSibling("next"), Path.of("does-not-exist")));
    }

    void makePipe() throws Exception {
        Path next = file.resolveSibling("next");
        Process mkfifo = new ProcessBuilder("mkfifo", "-m", "600", next.toString()).start();
        if (mkfifo.waitFor() != 0) {
            throw new IOException(new String(mkfifo.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        }
        put(next);
    }

    private Path write(String name, byte[] content) throws IOException {
        Path next = file.resolveSibling(name);
        Files.deleteIfExists(next);
        KeyFileWriter.replace(next, content);
        return next;
    }

    private void put(Path next) throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(file);
        }
        if (isPipe()) {
            whilePipeIsOpen(() -> Files.move(next, file, StandardCopyOption.ATOMIC_MOVE));
        } else {
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private interface Removal {
        void run() throws IOException;
    }

    // A process that is opening the pipe would otherwise wait forever after its removal.
    private void whilePipeIsOpen(Removal removal) throws IOException {
        FileChannel pipe = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            removal.run();
        } finally {
            pipe.close();
        }
    }

    private boolean isPipe() {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && !Files.isSymbolicLink(file)
                && !Files.isRegularFile(file)
                && !Files.isDirectory(file);
    }

    // First a content that the server refuses, so that it reads the next one.
    private FileChannel open(StandardOpenOption... how) throws IOException {
        if (!Files.isRegularFile(file) || !isClosedToOthers()) {
            garbage();
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(CLOSED));
        StandardOpenOption[] all = Arrays.copyOf(how, how.length + 2);
        all[how.length] = StandardOpenOption.READ;
        all[how.length + 1] = StandardOpenOption.WRITE;
        return FileChannel.open(file, all);
    }
}
