package dev.gangway.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.source.KeysSetting;
import dev.gangway.internal.source.KeysetSource;
import dev.gangway.internal.store.EmbeddedDatabase;
import dev.gangway.internal.store.StoreFiles;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysCommandStoreTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final EmbeddedDatabase database = new EmbeddedDatabase();
    private InstantSource clock = InstantSource.system();
    private String target;

    @BeforeEach
    void nameStore() {
        target = "store:" + StoreFiles.properties(folder, "type=jdbc", "url=" + database.url(), "node=admin");
    }

    @Test
    void newShowCheckRotate_emptyStore_workAsWithAFile() throws Exception {
        assertThat(keys("show", target)).isEqualTo(1);
        assertThat(text(err)).contains("has no document 'gangway'; make one with 'keys new', or start a server");
        assertThat(database.document()).isNull();

        assertThat(keys("new", target)).isZero();
        assertThat(text(out))
                .contains("written by keys@admin at ")
                .contains(" active: ")
                .contains(" next: ");
        String made = database.document();
        assertThat(keys("show", target)).isZero();
        assertThat(keys("check", target)).isZero();
        assertThat(text(out)).contains("is good: key ").contains("the next one is announced");
        assertThat(keys("rotate", target)).isZero();
        assertThat(text(out)).contains("nothing is due");
        assertThat(database.document()).as("show, check and rotate").isEqualTo(made);

        assertThat(keys("rotate", target, "--in=10m")).isZero();
        assertThat(database.document()).isNotEqualTo(made);
        assertThat(keys("check", target)).isZero();
    }

    @Test
    void newKeys_afterALeak_replaceTheKeysOfRunningNodesAtTheirNextPoll() throws Exception {
        KeysetSource node = KeysSetting.parse(target, TicketPolicy.DEFAULT);
        Keyset leaked = node.loadIfChanged(Instant.now()).orElseThrow();
        String old = database.document();
        assertThat(keys("new", target)).isZero();

        Keyset fresh = node.loadIfChanged(Instant.now()).orElseThrow();
        assertThat(fresh.ringAt(Instant.now()).active()).isPresent();
        assertThat(fresh.keys())
                .noneMatch(key ->
                        leaked.keys().stream().anyMatch(other -> other.name().equals(key.name())));

        // Whoever writes the leaked document back does not make the node use it.
        database.execute("UPDATE gangway_keyset SET document = '" + old + "', version = version + 1");
        assertThat(node.loadIfChanged(Instant.now())
                        .orElseThrow()
                        .ringAt(Instant.now())
                        .active()
                        .orElseThrow()
                        .name())
                .isEqualTo(fresh.ringAt(Instant.now()).active().orElseThrow().name());
        assertThat(database.document()).isNotEqualTo(old);
    }

    @Test
    void newKeys_overKeysOfOtherTimes_suitTheSameServers() throws Exception {
        assertThat(keys("new", target, "--period=36h", "--ticket-lifetime=24h")).isZero();
        assertThat(keys("new", target)).isZero();
        assertThat(keys("check", target, "--ticket-lifetime=24h")).isZero();

        StoreFiles.properties(folder, "type=jdbc", "url=" + database.url(), "period=48h");
        assertThat(keys("new", target)).isZero();
        assertThat(text(out)).containsPattern("active: .*");
        assertThat(keys("check", target, "--ticket-lifetime=24h")).isZero();
        assertThat(keys("new", target, "--period=1h", "--ticket-lifetime=1h")).isZero();
        assertThat(keys("check", target, "--ticket-lifetime=24h")).isEqualTo(1);
    }

    /** A key of an hour is announced an hour ahead, and not for the twelve hours of the default. */
    @Test
    void rotate_fileWithoutOutage_announcesOnePeriodAhead() throws Exception {
        assertThat(keys("new", target, "--period=1h", "--ticket-lifetime=1h")).isZero();
        assertThat(text(out).lines().filter(line -> line.startsWith("key "))).hasSizeLessThan(4);
        assertThat(keys("rotate", target)).isZero();
        assertThat(text(out)).contains("nothing is due");
    }

    @Test
    void check_propertiesThatTheServerWouldRefuse_areRefused() throws Exception {
        StoreFiles.properties(folder, "type=jdbc", "url=" + database.url(), "period=1h");
        assertThat(keys("new", target, "--ticket-lifetime=30m")).isZero();
        assertThat(keys("check", target, "--ticket-lifetime=30m")).isZero();
        assertThat(keys("check", target, "--ticket-lifetime=6h")).isEqualTo(1);
        assertThat(text(err)).contains("period 1h must be at least the ticketLifetime of 6h");
    }

    /** Nodes would use the keys only when their clocks are as late, and go on with the leaked ones until then. */
    @Test
    void newAndRotate_clockOfTheStoreIsWrong_changeNothing() throws Exception {
        assertThat(keys("new", target)).isZero();
        String made = database.document();
        clock = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(-10));
        for (String verb : new String[] {"new", "rotate"}) {
            assertThat(keys(verb, target)).isEqualTo(1);
            assertThat(text(err)).contains("is unchanged: the clock of this node is more than 1m behind the store's");
        }
        assertThat(database.document()).isEqualTo(made);
    }

    @Test
    void newKeys_longNameOfTheNode_areRead() throws Exception {
        StoreFiles.properties(folder, "type=jdbc", "url=" + database.url(), "node=" + "x".repeat(100));
        assertThat(keys("new", target)).isZero();
        assertThat(keys("check", target)).isZero();
    }

    @Test
    void newKeys_garbageInTheStore_isReplaced() throws Exception {
        database.execute("INSERT INTO gangway_keyset (name, version, document) VALUES ('gangway', 5, 'garbage')");
        assertThat(keys("rotate", target)).isEqualTo(1);
        assertThat(text(err)).contains("is not one of this Gangway");
        assertThat(keys("new", target)).isZero();
        assertThat(keys("check", target)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "outage=6h"})
    void rotateIn_keysMadeByServers_addsOneKeyAndKeepsTheOthers(String outage) throws Exception {
        StoreFiles.properties(folder, "type=jdbc", "url=" + database.url(), outage);
        // Their period is two hours, which the command does not know.
        KeysetSource node = KeysSetting.parse(target, TicketPolicy.ofLifetime(Duration.ofHours(1)));
        List<KeyName> before = names(node.loadIfChanged(Instant.now()).orElseThrow());
        for (int i = 0; i < 3; i++) {
            assertThat(keys("rotate", target, "--in=10m")).as(text(err)).isZero();
            List<KeyName> after = names(node.loadIfChanged(Instant.now()).orElseThrow());
            assertThat(after).hasSize(before.size() + 1).containsAll(before);
            before = after;
        }
    }

    @Test
    void rotate_newWrappingKey_encryptsTheDocumentWithIt() throws Exception {
        keys("new", target);
        Path next = StoreFiles.wrappingKey(folder.resolve("next.key"));
        Files.writeString(
                folder.resolve("store.properties"),
                "wrappingKey=" + next + "," + folder.resolve("wrapping.key") + "\ntype=jdbc\nurl=" + database.url()
                        + "\n");
        String old = database.document();
        assertThat(keys("rotate", target)).isZero();
        assertThat(database.document()).isNotEqualTo(old);
        assertThat(keys("rotate", target)).isZero();
        assertThat(text(out)).contains("nothing is due");
    }

    @Test
    void anyVerb_badPropertiesFile_isRefusedByName() {
        StoreFiles.properties(folder, "type=jdbc", "url=" + database.url(), "usr=x");
        for (String verb : new String[] {"new", "rotate", "show", "check"}) {
            assertThat(keys(verb, target)).isEqualTo(1);
            assertThat(text(err)).contains("unknown property 'usr'").contains("did you mean 'user'?");
        }
        assertThat(keys("new", "store:")).isEqualTo(2);
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

    private static List<KeyName> names(Keyset keyset) {
        return keyset.keys().stream().map(TicketKey::name).toList();
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
