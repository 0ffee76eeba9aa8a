package dev.gangway.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreException;
import dev.gangway.StoredDocument;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What also holds of a store that tells of changes itself. */
public abstract class WatchedStoreContract extends KeysetStoreContract {
    @Test
    void awaitChange_anotherNodeWrites_returnsAtOnce() throws Exception {
        KeysetStore store = open();
        for (String content : List.of("one", "two")) {
            StoredDocument before = store.read();
            CompletableFuture<Long> waited = CompletableFuture.supplyAsync(() -> {
                long start = System.nanoTime();
                try {
                    store.awaitChange(before, Duration.ofMinutes(2));
                } catch (KeysetStoreException | InterruptedException e) {
                    throw new AssertionError(e);
                }
                return System.nanoTime() - start;
            });
            assertThat(open().compareAndSwap(before, text(content))).isTrue();
            assertThat(Duration.ofNanos(waited.get(2, TimeUnit.MINUTES))).isLessThan(Duration.ofMinutes(1));
            assertThat(store.read().hasContent(text(content))).isTrue();
        }
    }

    @Test
    void close_anotherThreadWaitsForAChange_endsIt() throws Exception {
        KeysetStore store = open();
        StoredDocument last = store.read();
        CompletableFuture<Throwable> waiting =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> store.awaitChange(last, Duration.ofHours(1))));
        store.close();
        assertThat(waiting.get(2, TimeUnit.MINUTES)).isInstanceOf(KeysetStoreException.class);
        assertThatThrownBy(store::read).hasMessageContaining("the store is closed");
    }

    @Test
    void awaitChange_nobodyWrites_returnsInTime() throws Exception {
        KeysetStore store = open();
        store.awaitChange(store.read(), Duration.ofMillis(300));
    }
}
