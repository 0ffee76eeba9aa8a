package dev.gangway.internal.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** Writes what an operator writes for a store. */
public final class StoreFiles {
    private StoreFiles() {}

    /** A new wrapping key. */
    public static Path wrappingKey(Path file) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return write(file, secret);
    }

    /** A properties file with {@code lines}, and with a wrapping key beside it. */
    public static Path properties(Path folder, String... lines) {
        return named("store.properties", folder, lines);
    }

    /** A properties file of this name, with the wrapping key of the other files in {@code folder}. */
    public static Path named(String name, Path folder, String... lines) {
        Path key = folder.resolve("wrapping.key");
        if (!Files.exists(key)) {
            wrappingKey(key);
        }
        return write(
                folder.resolve(name),
                ("wrappingKey=" + key + "\n" + String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static Path write(Path file, byte[] content) {
        try {
            Files.write(file, content);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
