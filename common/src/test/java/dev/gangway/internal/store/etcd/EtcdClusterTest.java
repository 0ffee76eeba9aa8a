package dev.gangway.internal.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreException;
import dev.gangway.StoredDocument;
import dev.gangway.testing.Await;
import dev.gangway.testing.EtcdServer;
import dev.gangway.testing.LongForm;
import dev.gangway.testing.Prerequisite;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three members, of which each is lost in turn, the leader among them. */
class EtcdClusterTest {
    @TempDir
    Path folder;

    @Test
    void readAndSwap_anyMemberLost_workWithTheOthers() throws Exception {
        Prerequisite.skipUnless(LongForm.isAskedFor(), "three members: only in the long form");
        try (EtcdServer cluster = EtcdServer.cluster(folder, 3)) {
            KeysetStore store = new EtcdStoreProvider().open("gangway", Map.of("endpoints", cluster.endpoints()));
            awaitAnswer(store);
            for (int member = 0; member < cluster.size(); member++) {
                cluster.kill(member);
                awaitAnswer(store);
                String content = "without member " + member;
                assertThat(store.compareAndSwap(store.read(), content.getBytes(StandardCharsets.US_ASCII)))
                        .isTrue();
                cluster.restart(member);
            }
            cluster.kill(0);
            cluster.kill(1);
            assertThatThrownBy(store::read).as("no majority").isInstanceOf(KeysetStoreException.class);
            cluster.restart(0);
            awaitAnswer(store);
            StoredDocument last = store.read();
            assertThat(last.hasContent("without member 2".getBytes(StandardCharsets.US_ASCII)))
                    .isTrue();
        }
    }

    private static void awaitAnswer(KeysetStore store) throws InterruptedException {
        Await.until("etcd answers", () -> {
            try {
                store.read();
                return true;
            } catch (KeysetStoreException e) {
                return false;
            }
        });
    }
}
