package dev.gangway.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.KeysetStore;
import dev.gangway.StoredDocument;
import dev.gangway.testing.LongForm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every store does. The store of each test is empty at first. */
public abstract class KeysetStoreContract {
    private static final int WRITERS = 8;

    /** Another client of the same document. */
    protected abstract KeysetStore open() throws Exception;

    @Test
    void read_noDocument_isAbsent() throws Exception {
        StoredDocument none = open().read();
        assertThat(none.isPresent()).isFalse();
        assertThat(none.content()).isEmpty();
    }

    @Test
    void compareAndSwap_nobodyElse_replacesTheDocument() throws Exception {
        KeysetStore store = open();
        assertThat(store.compareAndSwap(store.read(), text("one"))).isTrue();
        StoredDocument one = open().read();
        assertThat(one.hasContent(text("one"))).isTrue();
        assertThat(store.compareAndSwap(one, text("two"))).isTrue();
        assertThat(open().read().hasContent(text("two"))).isTrue();
        assertThat(open().read().version()).isNotEqualTo(one.version());
    }

    @Test
    void compareAndSwap_othersWereEarlier_changesNothing() throws Exception {
        KeysetStore store = open();
        StoredDocument none = store.read();
        store.compareAndSwap(none, text("one"));
        assertThat(open().compareAndSwap(none, text("lost"))).isFalse();
        StoredDocument one = store.read();
        store.compareAndSwap(one, text("two"));
        assertThat(open().compareAndSwap(one, text("lost"))).isFalse();
        assertThat(open().read().hasContent(text("two"))).isTrue();
    }

    @Test
    void compareAndSwap_largestDocument_isKeptByteForByte() throws Exception {
        KeysetStore store = open();
        byte[] large = text("0123456789abcdef".repeat(1_000));
        assertThat(store.compareAndSwap(store.read(), large)).isTrue();
        assertThat(open().read().hasContent(large)).isTrue();
    }

    @Test
    void compareAndSwap_manyAtOnce_oneWinsEachRound() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            for (int round = 0; round < LongForm.tries(50, 5); round++) {
                StoredDocument before = open().read();
                List<Callable<Boolean>> writers = new ArrayList<>();
                for (int writer = 0; writer < WRITERS; writer++) {
                    KeysetStore store = open();
                    byte[] content = text("round " + round + " writer " + writer);
                    writers.add(() -> store.compareAndSwap(before, content));
                }
                int winners = 0;
                for (Future<Boolean> result : threads.invokeAll(writers)) {
                    winners += result.get() ? 1 : 0;
                }
                assertThat(winners).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** As when an operator reads the keys with JMX, while the node waits for its next poll. */
    @Test
    void readAndSwap_anotherThreadWaitsForAChange_work() throws Exception {
        KeysetStore store = open();
        assertThat(store.compareAndSwap(store.read(), text("one"))).isTrue();
        StoredDocument one = store.read();
        ExecutorService waiter = Executors.newSingleThreadExecutor();
        try {
            Future<Void> waiting = waiter.submit(() -> {
                store.awaitChange(one, Duration.ofMillis(500));
                return null;
            });
            for (int i = 0; i < 3; i++) {
                StoredDocument present = store.read();
                assertThat(store.compareAndSwap(present, text("change " + i))).isTrue();
                assertThat(store.read().hasContent(text("change " + i))).isTrue();
            }
            waiting.get(2, TimeUnit.MINUTES);
        } finally {
            waiter.shutdownNow();
        }
    }

    @Test
    void read_storeTime_isNearThisMachines() throws Exception {
        Instant time = open().read().storeTime().orElseThrow();
        assertThat(Duration.between(time, Instant.now()).abs()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void name_hasNoPassword() throws Exception {
        assertThat(open().name()).doesNotContain("secret");
    }

    protected static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
