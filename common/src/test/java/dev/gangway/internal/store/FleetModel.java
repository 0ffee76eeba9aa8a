package dev.gangway.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.KeyTimes;
import dev.gangway.internal.keys.ScheduledKeyset;
import dev.gangway.internal.keys.SecretBytes;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.keys.WrappingKey;
import dev.gangway.testing.ManualClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nodes with one store in virtual time. After each tick, the invariants of the rotation are checked. */
final class FleetModel {
    static final Duration PERIOD = Duration.ofHours(1);
    static final Duration TICK = Duration.ofMinutes(10);
    static final TicketPolicy POLICY = TicketPolicy.ofLifetime(Duration.ofMinutes(30));
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

    final ManualClock clock = new ManualClock(START);
    final MemoryStore store = new MemoryStore(clock);
    final List<Node> nodes = new ArrayList<>();
    private final List<WrappingKey> wrapping = List.of(WrappingKey.of(SecretBytes.random(32, new SecureRandom())));
    // Those that have sealed: a key that was announced in data which were then lost may never seal.
    private final Map<KeyName, KeyTimes> sealed = new HashMap<>();

    /** @param skews how far each node's clock is ahead */
    FleetModel(Duration... skews) {
        for (Duration skew : skews) {
            nodes.add(new Node(skew));
        }
    }

    final class Node {
        private final Duration skew;
        private SharedKeyset shared;
        private Map<KeyName, KeyTimes> keys = Map.of();
        private byte[] used = new byte[0];
        private long version;

        Node(Duration skew) {
            this.skew = skew;
            restart();
        }

        void restart() {
            shared = new SharedKeyset(
                    store, cipher(), new SharedKeyset.Plan("node" + skew, PERIOD, Optional.empty()), POLICY);
            keys = Map.of();
            version = 0;
        }

        Optional<String> poll() {
            Optional<String> fault = Optional.empty();
            try {
                shared.poll(now());
            } catch (KeySourceException e) {
                fault = Optional.of(e.getMessage());
            }
            if (shared.content().isPresent()) {
                use();
            }
            return fault;
        }

        SharedKeyset shared() {
            return shared;
        }

        Instant now() {
            return clock.instant().plus(skew);
        }

        Optional<KeyName> active() {
            return keys.entrySet().stream()
                    .filter(key -> key.getValue().sealsAt(now()))
                    .max(Map.Entry.comparingByValue(Comparator.comparing(KeyTimes::activateAt)))
                    .map(Map.Entry::getKey);
        }

        boolean opens(KeyName name) {
            return keys.containsKey(name) && keys.get(name).opensAt(now());
        }

        private void use() {
            if (shared.content().filter(content -> Arrays.equals(content, used)).isPresent()) {
                return;
            }
            used = shared.content().orElseThrow();
            StoreStatus status = shared.status().orElseThrow();
            assertThat(status.documentVersion()).as("no rollback").isGreaterThanOrEqualTo(version);
            version = status.documentVersion();
            Map<KeyName, KeyTimes> read = read(shared.content().orElseThrow());
            keys.forEach((name, times) -> {
                if (sealed.containsKey(name) && clock.instant().isBefore(times.destroyAt())) {
                    assertThat(read.get(name)).as("no key shortened").isEqualTo(times);
                }
            });
            keys = read;
        }
    }

    DocumentCipher cipher() {
        return new DocumentCipher("memory:", "gangway", wrapping);
    }

    Map<KeyName, KeyTimes> read(byte[] content) {
        try {
            ScheduledKeyset keyset = cipher().read(content).keyset();
            Map<KeyName, KeyTimes> times = new HashMap<>();
            for (TicketKey key : keyset.keys()) {
                times.put(key.name(), key.times().orElseThrow());
            }
            keyset.destroy();
            return times;
        } catch (KeySourceException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets time pass, and every node poll once, in this order. */
    void tick(List<Node> order) {
        clock.advance(TICK);
        order.forEach(Node::poll);
        check();
    }

    void tick() {
        tick(nodes);
    }

    void check() {
        everySealingKeyIsOpenEverywhere();
        oneNewKeyPerPeriod();
    }

    private void everySealingKeyIsOpenEverywhere() {
        for (Node sealing : nodes) {
            assertThat(sealing.active()).as("a key is active").isPresent();
            KeyName active = sealing.active().orElseThrow();
            sealed.put(active, sealing.keys.get(active));
            for (Node opening : nodes) {
                assertThat(opening.opens(active))
                        .as("every sealing key is already open everywhere")
                        .isTrue();
            }
        }
    }

    private void oneNewKeyPerPeriod() {
        List<KeyTimes> plan = sealed.values().stream()
                .sorted(Comparator.comparing(KeyTimes::activateAt))
                .toList();
        for (int i = 1; i < plan.size(); i++) {
            assertThat(plan.get(i).activateAt())
                    .as("one new key per period")
                    .isEqualTo(plan.get(i - 1).retireAt());
        }
    }

    /** How many keys have sealed. */
    int keysThatSealed() {
        return sealed.size();
    }
}
