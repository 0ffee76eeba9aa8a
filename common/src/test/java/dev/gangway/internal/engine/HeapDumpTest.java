package dev.gangway.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.JavaInstallations;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A heap dump of a server contains the ticket keys in use, and none after its destruction.
 *
 * <p>A dump of "all" contains unreachable objects too, and {@link DumpedServer} prevents their collection before the dump.
 */
@Tag("engine")
class HeapDumpTest {
    private static final Duration LIFETIME = TicketPolicy.DEFAULT.ticketLifetime();

    @TempDir
    Path folder;

    private final Instant start = Instant.ofEpochSecond(Instant.now().getEpochSecond());
    private final List<TicketKey> keys = KeyRotation.DEFAULT.initialKeys(start, new SecureRandom());
    private final TicketKey first = keys.get(0);
    private final TicketKey second = keys.get(1);
    private final Instant firstIsDestroyed = first.times().orElseThrow().destroyAt();

    @Test
    void dump_engineJdk_holdsNoKeyBeyondItsTimeButAesKeysOfSingleSecondsUntilCollected() throws Exception {
        serveAndDump("jdk");

        assertOnlyLiveKeysAreThere();
        KeyTraces ofFirst = KeyTraces.ofSecond(first, start.plus(LIFETIME));
        KeyTraces ofSecond = KeyTraces.ofSecond(second, firstIsDestroyed.plus(LIFETIME));
        assertThat(ofFirst.in(dump("destroyed-all")))
                .as("garbage of the JDK's ciphers, as SECURITY.md says")
                .isNotEmpty();
        assertThat(ofFirst.in(dump("destroyed-reachable"))).isEmpty();
        assertThat(ofSecond.in(dump("closed-all")))
                .as("garbage of the JDK's ciphers, as SECURITY.md says")
                .isNotEmpty();
        assertThat(ofSecond.in(dump("closed-reachable"))).isEmpty();
    }

    @Test
    void dump_engineConscrypt_holdsNoKeyBeyondItsTime() throws Exception {
        serveAndDump("conscrypt");

        assertOnlyLiveKeysAreThere();
    }

    private void assertOnlyLiveKeysAreThere() throws Exception {
        KeyTraces ofFirst = KeyTraces.of(first);
        KeyTraces ofSecond = KeyTraces.of(second);
        assertThat(ofFirst.in(dump("sealing-all"))).as("in use").contains("secret");
        assertThat(ofSecond.in(dump("sealing-all"))).as("announced").contains("secret");

        assertThat(ofSecond.in(dump("destroyed-all"))).as("in use").contains("secret");
        assertThat(ofSecond.in(dump("destroyed-reachable"))).as("in use").contains("secret");
        assertThat(ofFirst.in(dump("destroyed-all"))).isEmpty();
        assertThat(ofFirst.in(dump("destroyed-reachable"))).isEmpty();

        assertThat(ofSecond.in(dump("closed-all"))).isEmpty();
        assertThat(ofSecond.in(dump("closed-reachable"))).isEmpty();
    }

    private Path dump(String name) {
        return folder.resolve(name + ".hprof");
    }

    private void serveAndDump(String engine) throws Exception {
        Path keyFile = folder.resolve("ticket.keys");
        KeyFileWriter.writeKeyset(keyFile, keys);
        List<String> command = new ArrayList<>();
        command.add(JavaInstallations.running().java().toString());
        command.addAll(ForkedTests.jvmArguments());
        // The young generation is large enough, so that nothing is collected before the dump.
        command.addAll(List.of("-Xmx160m", "-Xmn128m", DumpedServer.class.getName()));
        command.addAll(List.of(engine, keyFile.toString(), start.toString(), folder.toString()));

        ForkedTests.Result result = ForkedTests.run(command);

        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
