package dev.gangway.acceptance.distribution;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The files in {@code target/archives}: container distributions, and jars for them. */
final class ContainerArchive {
    private static final Path ARCHIVES = Path.of("target", "archives");

    private static final Path UNPACKED = Path.of("target", "distributions");

    private ContainerArchive() {}

    /** The file of this name, such as {@code tomcat-9.0.122.zip}. */
    static Path file(String name) throws IOException {
        Path file = ARCHIVES.resolve(name).toAbsolutePath();
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(
                    file.toString(), null, "run 'mvn process-test-resources' in acceptance first");
        }
        return file;
    }

    /** The drop-in jar of this build for {@code container}, which is {@code jetty} or {@code tomcat}. */
    static Path dropInJar(String container) throws IOException {
        Path jar = RepositoryFiles.ROOT.resolve(
                container + "-module/target/gangway-" + container + "-" + RepositoryFiles.version() + "-dropin.jar");
        if (!Files.isRegularFile(jar)) {
            throw new NoSuchFileException(jar.toString(), null, "run 'mvn package' in " + container + "-module first");
        }
        return jar;
    }

    /**
     * A distribution that all tests share, unpacked at the first call. Tests write to other directories only.
     *
     * @return its top directory
     */
    static synchronized Path unpackedOnce(String name) throws IOException {
        Path whole = UNPACKED.resolve(name).toAbsolutePath();
        Files.createDirectories(UNPACKED);
        // Another JVM with tests may unpack the same distribution.
        try (FileChannel lock = FileChannel.open(UNPACKED.resolve(".lock"), CREATE, WRITE)) {
            lock.lock();
            if (!Files.isDirectory(whole)) {
                Path partial = Files.createTempDirectory(UNPACKED, ".partial");
                unpack(name, partial.toAbsolutePath());
                Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        try (Stream<Path> top = Files.list(whole)) {
            return top.findFirst().orElseThrow();
        }
    }

    /**
     * Unpacks a distribution, whose files are all below one directory.
     *
     * @return that directory, in {@code folder}
     */
    static Path unpack(String name, Path folder) throws IOException {
        Path top = null;
        try (InputStream file = Files.newInputStream(file(name));
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException(name + " would write outside its directory: " + entry.getName());
                }
                top = folder.resolve(folder.relativize(target).getName(0));
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(zip, target);
                    if (entry.getName().endsWith(".sh")) {
                        // The stream of a zip file does not contain the file modes that unzip sets.
                        makeExecutable(target);
                    }
                }
            }
        }
        if (top == null) {
            throw new IOException(name + " is empty");
        }
        return top;
    }

    private static void makeExecutable(Path script) throws IOException {
        if (!script.toFile().setExecutable(true)) {
            throw new IOException(script + " cannot be made executable");
        }
    }
}
