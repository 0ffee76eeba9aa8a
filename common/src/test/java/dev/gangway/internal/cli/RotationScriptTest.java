package dev.gangway.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.testing.ChildProcess;
import dev.gangway.testing.ForkedTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of the CronJob in examples/kubernetes, which writes a patch of the Secret. */
class RotationScriptTest {
    private static final Path CRON_JOB = Path.of("../examples/kubernetes/rotate-keys.yaml");
    private static final Pattern SCRIPT = Pattern.compile("args:\\n *- \\|\\n(.*?)\\n *volumeMounts:", Pattern.DOTALL);

    @TempDir
    Path folder;

    private Path secret;
    private Path work;

    @BeforeEach
    void folders() throws IOException {
        secret = Files.createDirectory(folder.resolve("secret")).resolve("ticket.keys");
        work = Files.createDirectory(folder.resolve("work"));
    }

    @Test
    void patch_whileNothingIsDue_changesNothing() throws Exception {
        // As 'keys new' makes them, a little before now: 'keys rotate' counts whole seconds.
        assertThat(patchOfKeysMade(KeyRotation.DEFAULT.skew())).isEqualToIgnoringWhitespace("[]");
    }

    /** If the Secret was replaced in between, such as after a leak, the old keys must not come back. */
    @Test
    void patch_whenAKeyIsDue_appliesOnlyToTheSecretThatWasRead() throws Exception {
        String patch = patchOfKeysMade(KeyRotation.DEFAULT.period().plusHours(1));

        String old = base64(secret);
        String rotated = base64(work.resolve("ticket.keys"));
        assertThat(rotated).isNotEqualTo(old);
        assertThat(patch).isEqualTo("""
                [{"op":"test","path":"/data/ticket.keys","value":"%s"},\
                {"op":"replace","path":"/data/ticket.keys","value":"%s"}]""".formatted(old, rotated));
        assertThat(Files.readString(CRON_JOB)).contains("--type=json, --patch-file=/work/patch.json");
    }

    private String patchOfKeysMade(Duration ago) throws Exception {
        KeyFileWriter.writeKeyset(
                secret, KeyRotation.DEFAULT.initialKeys(Instant.now().minus(ago), new SecureRandom()));
        Matcher script = SCRIPT.matcher(Files.readString(CRON_JOB));
        assertThat(script.find()).isTrue();
        String command = script.group(1)
                .stripIndent()
                // First, because the class path may contain the same words.
                .replace("/work", work.toString())
                .replace("java ", Path.of(System.getProperty("java.home"), "bin", "java") + " ")
                .replace(
                        "-jar /usr/local/tomcat/lib/gangway-tomcat.jar",
                        "-cp '" + ForkedTests.classPath() + "' " + Main.class.getName())
                .replace("/etc/gangway/keys/ticket.keys", secret.toString());
        ChildProcess.Ended ended = ChildProcess.run(List.of("sh", "-ec", command), "");
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        return Files.readString(work.resolve("patch.json"));
    }

    private static String base64(Path file) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    }
}
