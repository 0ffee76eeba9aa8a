package dev.gangway.testing;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Runs commands as user nobody, where the build runs as root. */
public final class UnprivilegedUser {
    private UnprivilegedUser() {}

    /** Skips the test if this is not root. */
    public static void assumeRootCanBecomeIt() {
        Prerequisite.skipUnless(
                System.getProperty("user.name").equals("root"), "only root can run something as another user");
        Prerequisite.require(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv (Debian package util-linux)");
    }

    /** {@code command}, to be run as nobody. */
    public static List<String> running(List<String> command) {
        List<String> all = new ArrayList<>(
                List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all"));
        all.addAll(command);
        return all;
    }

    /** Copies a file or folder so that all users can read it: only the owner may have access to class path and repository. */
    public static void copyReadable(Path source, Path target) throws IOException {
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Path to = target.resolve(source.relativize(directory).toString());
                Files.createDirectories(to);
                Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path to = file.equals(source)
                        ? target
                        : target.resolve(source.relativize(file).toString());
                Files.copy(file, to);
                Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-r--r--"));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
