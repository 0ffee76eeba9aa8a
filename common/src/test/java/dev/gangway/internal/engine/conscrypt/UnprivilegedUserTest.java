package dev.gangway.internal.engine.conscrypt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.UnprivilegedUser;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests as an unprivileged user, because the build may run as root, but a server should not. */
class UnprivilegedUserTest {
    @TempDir
    Path folder;

    @Test
    void conscryptTests_asNobody_passToo() throws Exception {
        UnprivilegedUser.assumeRootCanBecomeIt();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + folder);
        command.addAll(ForkedTests.again("--select-class", ConscryptTicketEngineTest.class.getName()));

        ForkedTests.Result result = ForkedTests.run(UnprivilegedUser.running(command), readableClassPath());

        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    private String readableClassPath() throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : ForkedTests.classPath().split(File.pathSeparator, -1)) {
            Path source = Path.of(entry);
            if (Files.exists(source)) {
                Path target = folder.resolve(entries.size() + "-" + source.getFileName());
                UnprivilegedUser.copyReadable(source, target);
                entries.add(target.toString());
            }
        }
        return String.join(File.pathSeparator, entries);
    }
}
