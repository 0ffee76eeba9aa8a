package dev.gangway.internal.engine.conscrypt;

import dev.gangway.internal.engine.InstallationException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * This process's own memory, which Linux provides as the file {@code /proc/self/mem}. The kernel checks every access,
 * so reading or writing where nothing is mapped fails with an I/O error. The file is open only while it is used.
 */
final class ProcessMemory implements Memory {
    private static final String OR_JDK = ", or use engine 'jdk' instead";

    private final Path file;

    private ProcessMemory(Path file) {
        this.file = file;
    }

    /** @throws InstallationException naming what this platform or process lacks */
    static ProcessMemory find() throws InstallationException {
        return find(System.getProperty("os.name"), Path.of("/proc/self/mem"));
    }

    static ProcessMemory find(String operatingSystem, Path memoryFile) throws InstallationException {
        if (!operatingSystem.toLowerCase(Locale.ROOT).startsWith("linux")) {
            throw new InstallationException("engine 'conscrypt' works on Linux only, because it needs " + memoryFile
                    + "; this is " + operatingSystem + "; use engine 'jdk' instead");
        }
        if (!Files.exists(memoryFile)) {
            throw new InstallationException(
                    "engine 'conscrypt' needs " + memoryFile + ", which does not exist; mount /proc" + OR_JDK);
        }
        ProcessMemory memory = new ProcessMemory(memoryFile);
        try {
            memory.open("rw").close();
            return memory;
        } catch (IOException e) {
            throw new InstallationException(
                    "engine 'conscrypt' cannot open " + memoryFile + " (" + e.getMessage()
                            + "): the process is not dumpable (file capabilities, setuid, prctl), or a security module"
                            + " forbids it; remove that restriction" + OR_JDK,
                    e);
        }
    }

    @Override
    public byte[] read(long address, int length) throws IOException {
        byte[] bytes = new byte[length];
        try (RandomAccessFile memory = open("r")) {
            memory.seek(SslCtx.untagged(address));
            memory.readFully(bytes);
        }
        return bytes;
    }

    @Override
    public void write(long address, byte[] bytes) throws IOException {
        try (RandomAccessFile memory = open("rw")) {
            memory.seek(SslCtx.untagged(address));
            memory.write(bytes);
        }
    }

    private RandomAccessFile open(String mode) throws FileNotFoundException {
        return new RandomAccessFile(file.toFile(), mode);
    }
}
