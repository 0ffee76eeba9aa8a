package dev.gangway.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.keys.KeysetText;
import dev.gangway.internal.keys.ScheduledKeyset;
import dev.gangway.testing.ManualClock;
import dev.gangway.testing.UnprivilegedUser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysCommandTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock(START);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("ticket.keys");
    }

    @Test
    void newFile_isForItsOwnerOnlyAndHoldsTheSealingAndTheNextKey() throws Exception {
        assertThat(keys("new", file.toString(), "--period=8h", "--ticket-lifetime=2h"))
                .isZero();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        KeyRing ring = keyset().ringAt(START);
        assertThat(ring.active().orElseThrow().times().orElseThrow().retireAt())
                .isEqualTo(START.plus(Duration.ofHours(8)).minusSeconds(60));
        assertThat(keyset().ringAt(START.minusSeconds(60)).active())
                .as("for a node whose clock is a minute behind")
                .isPresent();
        assertThat(ring.acceptOnly()).hasSize(1);
        assertThat(text(out)).contains("made " + file).contains(" active: ").contains(" next: ");
    }

    @Test
    void newFile_forAGroup_isReadableByItAndStaysSoWhenRotated() throws Exception {
        // A group of this user, so that the test does not need root.
        String group =
                Files.readAttributes(folder, PosixFileAttributes.class).group().getName();

        assertThat(keys("new", file.toString(), "--group=" + group))
                .as(text(err))
                .isZero();
        clock.advance(Duration.ofHours(13));
        assertThat(keys("rotate", file.toString(), "--allow=group")).isZero();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(text(out)).doesNotContain("warning");
        assertThat(keys("check", file.toString()))
                .as("a server without allow=group")
                .isEqualTo(1);
    }

    @Test
    void newFile_forAUser_belongsToHimWithItsLock() throws Exception {
        UnprivilegedUser.assumeRootCanBecomeIt();

        assertThat(keys("new", file.toString(), "--owner=nobody", "--group=nogroup"))
                .isZero();

        assertThat(Files.getOwner(file).getName()).isEqualTo("nobody");
        assertThat(Files.readAttributes(file, PosixFileAttributes.class).group().getName())
                .isEqualTo("nogroup");
        assertThat(Files.getOwner(folder.resolve(".ticket.keys.lock")).getName())
                .isEqualTo("nobody");
    }

    @ParameterizedTest
    @CsvSource({
        "--owner=no-such-user, 1, there is no user no-such-user",
        "--group=no-such-group, 1, there is no group no-such-group",
        "--owner=, 2, --owner '' is not a valid name",
        "--owner=tomcat:tomcat, 2, --owner 'tomcat:tomcat' is not a valid name"
    })
    void newFile_forNobodyKnown_isNotMade(String option, int exitCode, String message) {
        assertThat(keys("new", file.toString(), option)).isEqualTo(exitCode);

        assertThat(text(err)).contains(message);
        assertThat(file).doesNotExist();
    }

    @Test
    void rotate_fromATimer_changesNothingUntilDueAndNeverLeavesAGap() throws Exception {
        keys("new", file.toString(), "--period=8h", "--ticket-lifetime=2h");
        byte[] made = Files.readAllBytes(file);
        assertThat(keys("rotate", file.toString())).isZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(made);
        assertThat(text(out)).contains("nothing is due");

        for (int hour = 0; hour < 100; hour++) {
            clock.advance(Duration.ofHours(1));
            assertThat(keys("rotate", file.toString())).isZero();
            KeyRing ring = keyset().ringAt(clock.instant());
            assertThat(ring.active()).isPresent();
            assertThat(keyset().keys()).as("previous, active and next").hasSizeBetween(2, 3);
            assertThat(ring.active().get().times().orElseThrow().decryptOnlyPeriod())
                    .isEqualTo(Duration.ofMinutes(121));
        }
    }

    @Test
    void rotate_inAMinute_handsOverThen() throws Exception {
        keys("new", file.toString());
        KeyRing before = keyset().ringAt(START);

        assertThat(keys("rotate", file.toString(), "--in=1m")).isZero();

        ScheduledKeyset after = keyset();
        assertThat(after.ringAt(START.plusSeconds(59)).active().orElseThrow().name())
                .isEqualTo(before.active().orElseThrow().name());
        assertThat(after.ringAt(START.plusSeconds(60)).active().orElseThrow().name())
                .isEqualTo(before.acceptOnly().get(0).name());
    }

    @Test
    void newFile_overALeakedOne_keepsNoneOfItsKeys() throws Exception {
        keys("new", file.toString());
        ScheduledKeyset leaked = keyset();
        assertThat(keys("new", file.toString())).isZero();

        assertThat(text(out)).contains("replaced " + file);
        assertThat(keyset().keys())
                .noneMatch(
                        key -> leaked.keys().stream().anyMatch(old -> old.name().equals(key.name())));
    }

    /** Servers with a longer ticketLifetime would refuse keys for six hours, and go on with the leaked ones. */
    @Test
    void newFile_overALeakedOneOfOtherTimes_suitsTheSameServers() throws Exception {
        keys("new", file.toString(), "--period=36h", "--ticket-lifetime=24h");
        assertThat(keys("new", file.toString())).isZero();
        assertThat(keys("check", file.toString(), "--ticket-lifetime=24h")).isZero();

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(keys("new", file.toString(), "--period=30h")).isZero();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(keys("check", file.toString(), "--ticket-lifetime=24h")).isZero();
        assertThat(keyset().keys().get(1).times().orElseThrow().activateAt())
                .isEqualTo(START.minusSeconds(60).plus(Duration.ofHours(30)));

        assertThat(keys("new", file.toString(), "--period=2h", "--ticket-lifetime=1h"))
                .isZero();
        assertThat(keys("check", file.toString(), "--ticket-lifetime=24h")).isEqualTo(1);
    }

    @Test
    void showAndCheck_tellStateAndTimesButNoSecret() throws Exception {
        keys("new", file.toString());
        clock.advance(Duration.ofHours(13));
        assertThat(keys("show", file.toString())).isZero();
        assertThat(keys("check", file.toString())).isZero();

        assertThat(text(out))
                .contains(" previous: ")
                .contains("is good: key ")
                .contains("no key comes after it: run 'keys rotate'");
        keyset().keys()
                .forEach(key -> assertThat(text(out))
                        .doesNotContain(
                                Base64.getEncoder().encodeToString(key.secret().copy())));
    }

    @Test
    void check_whatAServerWouldRefuse_isRefusedWithTheReason() throws Exception {
        assertThat(keys("check", file.toString())).isEqualTo(1);
        assertThat(text(err)).contains(file + " does not exist; make the file with 'keys new " + file + "'");

        keys("new", file.toString());
        clock.advance(Duration.ofDays(3));
        assertThat(keys("check", file.toString())).isEqualTo(1);
        assertThat(text(err)).contains("no key is active since ");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(keys("check", file.toString())).isEqualTo(1);
        assertThat(text(err)).contains("chmod 600");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        KeyFileWriter.replace(file, new byte[80]);
        assertThat(keys("show", file.toString())).isEqualTo(1);
        assertThat(text(err)).contains("simple pattern");
    }

    @Test
    void check_settingsOfTheServer_areMeasuredAgainstTheKeys() throws Exception {
        keys("new", file.toString(), "--period=8h", "--ticket-lifetime=2h");

        assertThat(keys("check", file.toString(), "--ticket-lifetime=2h", "--poll-interval=1m"))
                .isZero();
        assertThat(keys("check", file.toString())).isEqualTo(1);
        assertThat(text(err)).contains("ticketLifetime 6h is longer than the 121m");
        assertThat(keys("check", file.toString(), "--ticket-lifetime=2h", "--poll-interval=0"))
                .isEqualTo(1);
        assertThat(text(err)).contains("pollInterval 0s is outside 100ms to 1h; use a value such as 10s");
    }

    @Test
    void showAndCheck_everySettingAServerTakes_areUnderstood() throws Exception {
        Path haproxy = folder.resolve("haproxy");
        Path master = folder.resolve("master");
        KeyFileWriter.replace(file, random(80));
        KeyFileWriter.replace(master, random(32));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            lines.append(Base64.getEncoder().encodeToString(random(48))).append('\n');
        }
        KeyFileWriter.replace(haproxy, lines.toString().getBytes(StandardCharsets.US_ASCII));

        assertThat(keys("show", "file:" + file)).isZero();
        assertThat(text(out)).contains(" active, without times");
        assertThat(keys("show", haproxy.toString())).isZero();
        assertThat(text(out)).contains(" accept-only, without times");
        assertThat(keys("show", "derived:" + master + "?period=12h")).isZero();
        assertThat(text(out)).contains(" next: ");
        for (String setting : List.of(file.toString(), haproxy.toString(), "derived:" + master)) {
            assertThat(keys("check", setting)).as(setting).isZero();
        }
        assertThat(keys("check", "derived:" + master + "?period=1h")).isEqualTo(1);
        assertThat(text(err)).contains("RFC 9325 section 3.4");
    }

    @Test
    void rotate_rawKeys_isRefused() throws Exception {
        KeyFileWriter.replace(file, random(80));

        assertThat(keys("rotate", file.toString())).isEqualTo(1);
        assertThat(text(err)).contains(file + " is not a keyset");
    }

    @Test
    void rotate_tooLateForEveryNodeToKnow_warns() throws Exception {
        keys("new", file.toString());
        clock.set(keyset().keys().get(1).times().orElseThrow().retireAt().minusSeconds(30));

        assertThat(keys("rotate", file.toString())).isZero();
        assertThat(text(out)).contains("warning: key ").contains("seals 30s from now");
    }

    @Test
    void rotateAndNew_fileThatItsGroupMayRead_isTakenInEveryFormInWhichAServerTakesIt() throws Exception {
        keys("new", file.toString());
        List<String[]> forms = List.of(
                new String[] {"file:" + file + "?allow=group"},
                new String[] {file + "?allow=group"},
                new String[] {"file:" + file + "?allow=anyone"},
                new String[] {file.toString(), "--allow=group"});
        for (String[] form : forms) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            for (String verb : List.of("rotate", "show", "check", "new")) {
                String[] command = new String[form.length + 1];
                command[0] = verb;
                System.arraycopy(form, 0, command, 1, form.length);
                assertThat(keys(command))
                        .as("%s %s: %s", verb, form[0], text(err))
                        .isZero();
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-r-----");
        }
        assertThat(text(out)).doesNotContain("warning");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(file, folder.resolve(".ticket.keys.lock"));
        }
    }

    @Test
    void rotate_fileThatEverybodyMayRead_isRefusedWhereOnlyItsGroupIsAllowedTo() throws Exception {
        keys("new", file.toString());
        for (String[] form : List.of(
                new String[] {"file:" + file + "?allow=group"},
                new String[] {file + "?allow=group"},
                new String[] {file.toString(), "--allow=group"})) {
            for (String verb : List.of("rotate", "show", "check")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
                String[] command = new String[form.length + 1];
                command[0] = verb;
                System.arraycopy(form, 0, command, 1, form.length);
                assertThat(keys(command)).as("%s %s", verb, form[0]).isEqualTo(1);
                assertThat(text(err)).contains("rw-r--r--");
            }
        }
        assertThat(keys("rotate", file + "?allow=anyone")).isZero();
    }

    @Test
    void rotate_fileThatItsGroupMayReadUnasked_isRefusedWithAHintThatWorks() throws Exception {
        keys("new", file.toString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThat(keys("rotate", file.toString())).isEqualTo(1);
        assertThat(text(err)).contains("append '?allow=group' or '?allow=anyone' to the path");
        assertThat(keys("rotate", file + "?allow=group")).isZero();
    }

    @Test
    void newAndRotate_whatIsNoKeysetFile_isRefused() {
        for (String verb : List.of("new", "rotate")) {
            for (String setting : List.of(
                    "derived:" + file,
                    "random:",
                    "file:" + file + "," + file,
                    "file:" + file + "?verbatim",
                    "file:" + file + "?period=1h")) {
                assertThat(keys(verb, setting)).as(verb + " " + setting).isEqualTo(2);
                assertThat(text(err)).contains("'" + setting + "' ");
            }
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void help_inAnyPlace_isPrintedAndNothingElseDone() {
        String file = this.file.toString();
        for (String[] command : new String[][] {
            {"--help"}, {"-h"}, {"keys", "--help"}, {"keys", "new", "--help"}, {"keys", "new", file, "--help"}
        }) {
            out.reset();
            assertThat(run(command)).isZero();
            assertThat(text(out)).startsWith("keys new FILE").contains("keys rotate FILE", "--allow=group");
        }
        assertThat(text(err)).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anythingElse_isNotUnderstoodAndHelped() {
        assertNotUnderstood("the verb or the file is missing; expected 'keys VERB FILE'");
        assertNotUnderstood("the verb or the file is missing; expected 'keys VERB FILE'", "keys", "new");
        assertNotUnderstood("'kyes' is not a command", "kyes", "new", file.toString());
        assertNotUnderstood("did you mean 'keys'?", "kyes", "new", file.toString());
        assertNotUnderstood(
                "'make' is not a verb; the verbs are: new, rotate, show, check\n", "keys", "make", file.toString());
        assertNotUnderstood("'nwe' is not a verb", "keys", "nwe", file.toString());
        assertNotUnderstood("did you mean 'new'?", "keys", "nwe", file.toString());
        assertNotUnderstood("'8h' is one argument too many", "keys", "new", file.toString(), "8h");
        assertNotUnderstood("option --period needs a value", "keys", "new", file.toString(), "--period");
        assertNotUnderstood("did you mean '--period=8h'?", "keys", "new", file.toString(), "-period=8h");
        assertNotUnderstood("period '8' is not a duration", "keys", "new", file.toString(), "--period=8");
        assertNotUnderstood("did you mean '8s'?", "keys", "new", file.toString(), "--period=8");
        assertNotUnderstood(
                "--in '999999999d' is longer than the 36500d", "keys", "rotate", file.toString(), "--in=999999999d");
        assertNotUnderstood(
                "ticket lifetime 6h must be more than zero, and at most the period of 2h",
                "keys",
                "new",
                file.toString(),
                "--period=2h");
        assertThat(file).doesNotExist();
    }

    @Test
    void optionMisspelled_isRefusedWithTheOneThatIsMeantAndAllThereAre() {
        assertNotUnderstood(
                "'keys new' has no option --perod; it has: --period, --ticket-lifetime, --owner, --group, --allow;"
                        + " did you mean '--period'?",
                "keys",
                "new",
                file.toString(),
                "--perod=8h");
        assertNotUnderstood("did you mean '--allow'?", "keys", "rotate", file.toString(), "--alow=group");
        assertNotUnderstood("did you mean '--poll-interval'?", "keys", "check", file.toString(), "--pollinterval=1s");
        assertNotUnderstood("'keys show' has no option --in; it has: --allow\n", "keys", "show", "x", "--in=1m");
        assertThat(file).doesNotExist();
    }

    @Test
    void settingMisspelled_isRefusedWithTheOneThatIsMeant() {
        for (String verb : List.of("new", "rotate", "show", "check")) {
            assertNotUnderstood("did you mean 'file:'?", "keys", verb, "fil:" + file);
            assertNotUnderstood("did you mean 'allow=group'?", "keys", verb, file.toString(), "--allow=gruop");
            assertNotUnderstood("did you mean 'allow=group'?", "keys", verb, file + "?alow=group");
            assertNotUnderstood("which was not replaced", "keys", verb, "file:${jetty.base}/etc/ticket.keys");
        }
        assertThat(folder).isEmptyDirectory();
    }

    private void assertNotUnderstood(String message, String... command) {
        err.reset();
        assertThat(run(command)).as(String.join(" ", command)).isEqualTo(2);
        assertThat(text(err)).contains(message).contains("keys rotate FILE");
    }

    private int keys(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "keys";
        System.arraycopy(args, 0, all, 1, args.length);
        return run(all);
    }

    private int run(String... args) {
        return new KeysCommand(
                        clock,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(args);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private ScheduledKeyset keyset() throws Exception {
        return KeysetText.parse(Files.readAllBytes(file), "f");
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
