package dev.gangway.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.store.StoreFiles;
import dev.gangway.testing.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code keys rotate --in} does the same with a key file and with a store. */
class KeysRotateInTest {
    private static final int MOST_KEYS = 40;

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-06-01T00:00:00Z"));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** A store's row and a file have a limited length. */
    @ParameterizedTest
    @ValueSource(strings = {"file", "store"})
    void rotateIn_moreKeysThanAKeysetHas_isRefusedUntilEnoughHaveExpired(String kind) throws Exception {
        String target = target(kind);
        assertThat(keys("new", target)).isZero();
        int done = 0;
        while (done < 2 * MOST_KEYS && keys("rotate", target, "--in=2m") == 0) {
            clock.advance(Duration.ofMinutes(3));
            done++;
        }

        assertThat(done).isBetween(MOST_KEYS - 5, MOST_KEYS);
        assertThat(text(err)).contains(target.replaceFirst("^store:.*", "#gangway_keyset"));
        assertThat(text(err))
                .contains(
                        "is unchanged: it would have 41 keys, but a keyset has at most 40; run 'keys rotate --in' again"
                                + " after 2026-06-01T06:03:00Z,")
                .contains("or 'keys new', which replaces all keys and ends their tickets");
        assertThat(keys("check", target)).as(text(err)).isZero();
        assertThat(keys("rotate", target)).as(text(err)).isZero();

        clock.set(Instant.parse("2026-06-01T06:02:59Z"));
        assertThat(keys("rotate", target, "--in=2m")).isEqualTo(1);
        clock.set(Instant.parse("2026-06-01T06:03:00Z"));
        assertThat(keys("rotate", target, "--in=2m")).as(text(err)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"file, -10m", "file, 0", "file, 999ms", "store, -10m", "store, 0s", "store, PT-1S"})
    void rotateIn_timeThatIsNotLater_isRefused(String kind, String in) throws Exception {
        String target = target(kind);
        keys("new", target);
        assertThat(keys("show", target)).isZero();
        String made = text(out);

        assertThat(keys("rotate", target, "--in=" + in)).isEqualTo(2);
        assertThat(text(err))
                .contains(
                        "--in '" + in + "' is less than 1s; give the time after which the next key seals, such as 10m");
        assertThat(keys("show", target)).isZero();
        assertThat(text(out)).isEqualTo(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "store"})
    void rotateIn_beforeNodesCanHaveReadTheKey_warns(String kind) throws Exception {
        String target = target(kind);
        keys("new", target);
        assertThat(keys("rotate", target, "--in=69s")).isZero();
        assertThat(text(out))
                .containsPattern(
                        "warning: key [0-9a-f]+ seals 69s from now, before every node knows it; use --in=70s or longer");
    }

    /** A longer {@code --in} would not make that key seal later. */
    @ParameterizedTest
    @CsvSource({"file, 70s", "store, 70s", "file, 2h", "store, 2h"})
    void rotateIn_noKeyIsActive_doesNotAdviseALongerTime(String kind, String in) throws Exception {
        String target = target(kind);
        keys("new", target);
        clock.advance(Duration.ofDays(3));
        assertThat(keys("rotate", target, "--in=" + in)).as(text(err)).isZero();
        assertThat(text(out)).doesNotContain("use --in");
        if (kind.equals("file")) {
            assertThat(text(out))
                    .containsPattern("warning: key [0-9a-f]+ seals 0s from now, before every node knows it; run 'keys"
                            + " rotate' more often than once in a period");
        } else {
            assertThat(text(out)).doesNotContain("warning");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "store"})
    void rotateIn_noKeyIsActiveAndTheTimeIsShort_warnsOfTheKeyThatFollows(String kind) throws Exception {
        String target = target(kind);
        keys("new", target);
        clock.advance(Duration.ofDays(3));
        assertThat(keys("rotate", target, "--in=69s")).as(text(err)).isZero();
        assertThat(text(out))
                .containsPattern(
                        "key [0-9a-f]+ seals 69s from now, before every node knows it; use --in=70s or longer");
    }

    @ParameterizedTest
    @CsvSource({"file, 0, 70s", "store, 0, 70s", "file, 3, 1s", "store, 3, 1s"})
    void rotateIn_everyNodeKnowsTheKeyByThen_warnsOfNothing(String kind, int minutesAfter, String in) throws Exception {
        String target = target(kind);
        keys("new", target);
        clock.advance(Duration.ofMinutes(minutesAfter));
        assertThat(keys("rotate", target, "--in=" + in)).isZero();
        assertThat(text(out)).doesNotContain("warning");
        assertThat(keys("check", target)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "store"})
    void rotateIn_againInTheSameSecond_keepsAValidKeyset(String kind) throws Exception {
        String target = target(kind);
        keys("new", target);
        for (int i = 0; i < 3; i++) {
            assertThat(keys("rotate", target, "--in=1s")).as(text(err)).isZero();
            clock.advance(Duration.ofSeconds(i));
            assertThat(keys("check", target)).as(text(err)).isZero();
        }
    }

    private String target(String kind) throws SQLException {
        if (kind.equals("file")) {
            return folder.resolve("ticket.keys").toString();
        }
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE gangway_keyset (name VARCHAR(100) NOT NULL PRIMARY KEY, version BIGINT NOT"
                    + " NULL, document VARCHAR(16000) NOT NULL)");
        }
        // Without a clock of its own, the store has the time of the command.
        return "store:" + StoreFiles.properties(folder, "type=jdbc", "url=" + url, "clock=NULL");
    }

    private int keys(String... arguments) {
        out.reset();
        err.reset();
        String[] all = new String[arguments.length + 1];
        all[0] = "keys";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return new KeysCommand(
                        clock,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(all);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
