package dev.gangway.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreException;
import dev.gangway.KeysetStoreProvider;
import dev.gangway.StoredDocument;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.store.StoreFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When nodes read a store that tells all of them of a change at the same instant. */
class StoreReadDelayTest {
    private static final Duration POLL = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    @Test
    void awaitNextRead_storeTellsOfAChange_nodesReadAtDifferentTimesWithinASecond() throws Exception {
        long earliest = waited(0, POLL, "change");
        long middle = waited(0.5, POLL, "change");
        long latest = waited(1, POLL, "change");
        assertThat(earliest).isEqualTo(20);
        assertThat(middle).isEqualTo(270);
        assertThat(latest).isEqualTo(520);
    }

    @Test
    void awaitNextRead_storeTellsOfNothing_isOnePollIntervalAtMost() throws Exception {
        assertThat(waited(0, POLL, "nothing")).isEqualTo(POLL.toMillis());
        assertThat(waited(1, POLL, "nothing")).isEqualTo(POLL.toMillis() * 3 / 4);
    }

    @Test
    void awaitNextRead_changeAtTheEndOfThePollInterval_isNotDelayed() throws Exception {
        assertThat(waited(1, Duration.ofMillis(100), "change")).isEqualTo(75);
    }

    @Test
    void awaitNextRead_storeCannotTellChangesNow_isSomeSeconds() throws Exception {
        assertThat(waited(0, POLL, "fault")).isEqualTo(5_020);
        assertThat(waited(1, POLL, "fault")).isEqualTo(3_770);
        assertThat(waited(0, Duration.ofSeconds(2), "fault")).isEqualTo(2_000);
    }

    // In milliseconds.
    private long waited(double part, Duration pollInterval, String event) throws Exception {
        ManualPause pause = new ManualPause(part);
        TellingStores.pause = pause;
        Path properties =
                StoreFiles.properties(folder, "type=" + TellingStores.class.getName(), "event=" + event, "node=one");
        KeysetSource source =
                StoreKeySource.of(properties, Allow.OWNER_ONLY, TicketPolicy.DEFAULT, Duration.ofHours(12), pause);
        assertThat(source.loadIfChanged(Instant.now())).isPresent();
        source.awaitNextRead(pollInterval);
        return Duration.ofNanos(pause.nanoTime()).toMillis();
    }

    private static final class ManualPause implements StoreKeySource.Pause {
        private final double part;
        private long now;

        ManualPause(double part) {
            this.part = part;
        }

        @Override
        public double part() {
            return part;
        }

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public void sleep(long nanos) {
            now += nanos;
        }
    }

    /** Stores that tell of an event as soon as they are asked. */
    public static final class TellingStores implements KeysetStoreProvider {
        private static volatile ManualPause pause;

        @Override
        public String type() {
            return "telling";
        }

        @Override
        public Set<String> requiredProperties() {
            return Set.of("event");
        }

        @Override
        public Set<String> optionalProperties() {
            return Set.of();
        }

        @Override
        public KeysetStore open(String documentName, Map<String, String> properties) {
            return new TellingStore(properties.get("event"));
        }
    }

    private static final class TellingStore implements KeysetStore {
        private final String event;

        TellingStore(String event) {
            this.event = event;
        }

        @Override
        public StoredDocument read() {
            return StoredDocument.absent(Optional.empty());
        }

        @Override
        public boolean compareAndSwap(StoredDocument expected, byte[] content) {
            return true;
        }

        @Override
        public void awaitChange(StoredDocument last, Duration atMost) throws KeysetStoreException {
            if (event.equals("fault")) {
                throw new KeysetStoreException("the watch has ended");
            }
            if (event.equals("nothing")) {
                TellingStores.pause.sleep(atMost.toNanos());
            }
        }

        @Override
        public String name() {
            return "telling:";
        }
    }
}
