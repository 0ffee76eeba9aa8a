package dev.gangway.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.store.FleetModel.Node;
import dev.gangway.testing.LogCapture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class SharedKeysetTest {
    private final FleetModel fleet = new FleetModel(Duration.ZERO, Duration.ZERO);
    private final Node one = fleet.nodes.get(0);
    private final Node two = fleet.nodes.get(1);

    @Test
    void poll_emptyStore_oneNodeMakesTheKeysForBoth() {
        assertThat(one.poll()).isEmpty();
        assertThat(two.poll()).isEmpty();

        assertThat(one.active()).isPresent().isEqualTo(two.active());
        assertThat(fleet.store.history()).hasSize(1);
        assertThat(one.shared().status().orElseThrow().documentVersion()).isEqualTo(1);
        assertThat(new String(fleet.store.history().get(0), StandardCharsets.US_ASCII))
                .startsWith(
                        "gangway-document/1 name=gangway version=1 written-by=nodePT0S written-at=2026-06-01T00:00:00Z"
                                + " wrapped-by=")
                .doesNotContain("secret");
    }

    @Test
    void poll_storeDown_makesNoKeys() {
        fleet.store.down(true);

        assertThat(one.poll().orElseThrow()).contains("memory: cannot be read: connection refused");
        assertThat(one.shared().content()).isEmpty();

        fleet.store.down(false);
        assertThat(one.poll()).isEmpty();
    }

    @Test
    void poll_outageLongerThanTheBudget_healsWithOneNewKey() {
        one.poll();
        two.poll();
        StoreStatus status = one.shared().status().orElseThrow();
        assertThat(status.outageBudget(one.now())).isGreaterThanOrEqualTo(FleetModel.PERIOD);
        fleet.store.down(true);
        fleet.clock.advance(FleetModel.PERIOD.multipliedBy(9));
        assertThat(one.poll()).isPresent();
        assertThat(one.active()).isEmpty();
        assertThat(status.outageBudget(one.now())).isZero();

        fleet.store.down(false);
        assertThat(two.poll()).isEmpty();
        assertThat(one.poll()).isEmpty();

        assertThat(one.active()).isPresent().isEqualTo(two.active());
    }

    @Test
    void poll_olderDocument_isRefusedAndTheNewerOneWrittenAgain() {
        one.poll();
        for (int i = 0; i < 12; i++) {
            fleet.tick();
        }
        byte[] old = fleet.store.history().get(0);
        long version = one.shared().status().orElseThrow().documentVersion();
        fleet.store.set(old);

        try (LogCapture log = new LogCapture()) {
            assertThat(one.poll()).isEmpty();
            assertThat(log.at(Level.WARNING))
                    .anyMatch(line -> line.contains("has document version 1, but this node uses version " + version));
        }
        fleet.check();
        assertThat(two.poll()).isEmpty();
        assertThat(two.shared().status().orElseThrow().documentVersion()).isEqualTo(version + 1);
        fleet.check();
    }

    @Test
    void poll_dataLost_theKnownDocumentIsWrittenAgain() {
        one.poll();
        two.poll();
        fleet.store.empty();

        assertThat(two.poll()).isEmpty();
        assertThat(one.poll()).isEmpty();

        assertThat(one.shared().status().orElseThrow().documentVersion()).isEqualTo(2);
        fleet.check();
    }

    @Test
    void poll_restoredDataWhileWritingFails_keepsTheKeysAndSaysWhy() {
        one.poll();
        for (int i = 0; i < 12; i++) {
            fleet.tick();
        }
        fleet.store.set(fleet.store.history().get(0));
        fleet.store.readOnly(true);

        assertThat(one.poll().orElseThrow()).contains("cannot be written").contains("permission denied");
        fleet.check();
    }

    @Test
    void poll_garbage_isRefusedAndNotOverwritten() {
        one.poll();
        byte[] good = fleet.store.history().get(0);
        for (String garbage : List.of(
                "",
                "x",
                "gangway-keyset 1\n",
                "gangway-document/1 name=gangway version=2 written-by=x written-at=y wrapped-by=none AAAA",
                new String(good, StandardCharsets.US_ASCII).replace("version=1", "version=2"),
                new String(good, StandardCharsets.US_ASCII).replace("name=gangway", "name=other"),
                new String(good, 0, good.length - 8, StandardCharsets.US_ASCII))) {
            fleet.store.set(garbage.getBytes(StandardCharsets.US_ASCII));
            int swaps = fleet.store.swaps();
            assertThat(one.poll()).as(garbage).isPresent();
            assertThat(fleet.store.swaps()).isEqualTo(swaps);
            assertThat(one.active()).isPresent();
        }
        fleet.store.set(good);
        assertThat(one.poll()).isEmpty();
    }

    @Test
    void poll_clockFarFromTheStores_writesNothingButReads() {
        FleetModel wrong = new FleetModel(Duration.ofMinutes(5), Duration.ZERO);
        Node ahead = wrong.nodes.get(0);
        assertThat(ahead.poll().orElseThrow()).contains("the clock of this node is more than 1m ahead of the store's");
        assertThat(wrong.store.history()).isEmpty();

        wrong.nodes.get(1).poll();
        assertThat(ahead.poll()).isEmpty();
        for (int i = 0; i < 60; i++) {
            wrong.tick();
        }
    }

    @Test
    void poll_clockOfTheStoreJumpedAhead_goodDocumentIsUsed() {
        one.poll();
        Duration jump = Duration.ofHours(20);
        fleet.clock.advance(jump);
        Node started = fleet.new Node(jump.negated());

        assertThat(started.poll().orElseThrow()).contains("the clock of this node is more than 1m behind the store's");
        assertThat(started.active()).isPresent();
        assertThat(fleet.store.history()).hasSize(1);
    }

    @Test
    void poll_olderDocumentThatCannotBeReplaced_isLoggedOnce() {
        one.poll();
        byte[] older = fleet.store.history().get(0);
        fleet.clock.advance(FleetModel.PERIOD.minusMinutes(1));
        one.poll();
        fleet.store.set(older);
        fleet.store.readOnly(true);
        try (LogCapture log = new LogCapture()) {
            one.poll();
            one.poll();
            assertThat(log.at(Level.WARNING)).hasSize(1);
        }
    }

    @Test
    void poll_readOnlyStore_usesTheDocumentAndSaysThatItCannotWrite() {
        one.poll();
        fleet.store.readOnly(true);
        fleet.clock.advance(FleetModel.PERIOD.minusMinutes(1));

        assertThat(two.poll().orElseThrow()).contains("the next ticket key is not announced by this node");
        assertThat(two.active()).isPresent();
    }

    @Test
    void poll_storeWithoutClock_usesTheNodes() {
        fleet.store.withoutClock();
        assertThat(one.poll()).isEmpty();
        assertThat(two.poll()).isEmpty();
        for (int i = 0; i < 60; i++) {
            fleet.tick();
        }
    }
}
