package dev.gangway.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.LongForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The rotation as a model: all sequences of faults up to a length, and long random ones. The invariants are in
 * {@link FleetModel}: one new key per period, every sealing key already open everywhere, no key shortened, no rollback.
 */
class SharedKeysetModelTest {
    private static final Duration SKEW = FleetModel.POLICY.clockSkew();
    // The store may be gone, or lose its data again and again, for one period, which has six ticks.
    private static final int MOST_FAULTY_TICKS = 5;

    private enum Event {
        IN_ORDER,
        IN_REVERSE,
        STORE_DOWN,
        SWAP_LOST,
        ANSWER_LOST,
        DATA_RESTORED
    }

    @Test
    void rotation_everySequenceOfEvents_keepsTheInvariants() {
        int length = LongForm.tries(6, 4);
        int sequences = (int) Math.pow(Event.values().length, length);
        for (int number = 0; number < sequences; number++) {
            List<Event> events = new ArrayList<>();
            for (int rest = number, i = 0; i < length; i++, rest /= Event.values().length) {
                events.add(Event.values()[rest % Event.values().length]);
            }
            run(events, new FleetModel(SKEW, SKEW.negated()), new Random(number));
        }
    }

    @Test
    void rotation_longRandomSequences_keepTheInvariants() {
        for (int seed = 0; seed < LongForm.tries(500, 8); seed++) {
            Random random = new Random(seed);
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                events.add(Event.values()[random.nextInt(Event.values().length)]);
            }
            run(events, new FleetModel(SKEW, SKEW.negated(), Duration.ZERO), random);
        }
    }

    @Test
    void rotation_fiveNodesThroughManyKeyChanges_makesOneKeyEach() {
        FleetModel fleet =
                new FleetModel(SKEW, SKEW.negated(), Duration.ZERO, Duration.ofSeconds(7), Duration.ofSeconds(-40));
        Random random = new Random(1);
        fleet.nodes.forEach(FleetModel.Node::poll);
        int changes = LongForm.tries(5_000, 200);
        for (int tick = 0; tick < changes * 6; tick++) {
            List<FleetModel.Node> order = new ArrayList<>(fleet.nodes);
            Collections.shuffle(order, random);
            fleet.tick(order);
        }
        assertThat(fleet.keysThatSealed()).isBetween(changes, changes + 2);
        assertThat(fleet.store.swaps())
                .as("one swap announces a key and one removes a dead key")
                .isLessThanOrEqualTo(2 * changes + 2);
    }

    private static void run(List<Event> events, FleetModel fleet, Random random) {
        fleet.nodes.forEach(FleetModel.Node::poll);
        fleet.check();
        int faulty = 0;
        for (Event next : events) {
            List<FleetModel.Node> order = new ArrayList<>(fleet.nodes);
            boolean isFault = next == Event.STORE_DOWN || next == Event.DATA_RESTORED;
            Event event = isFault && faulty == MOST_FAULTY_TICKS ? Event.IN_ORDER : next;
            faulty = isFault && faulty < MOST_FAULTY_TICKS ? faulty + 1 : 0;
            fleet.store.down(event == Event.STORE_DOWN);
            switch (event) {
                case IN_REVERSE -> Collections.reverse(order);
                case SWAP_LOST -> fleet.store.loseNextSwap();
                case ANSWER_LOST -> fleet.store.loseNextAnswer();
                case DATA_RESTORED -> {
                    List<byte[]> history = fleet.store.history();
                    fleet.store.set(history.get(random.nextInt(history.size())));
                }
                default -> {}
            }
            try {
                fleet.tick(order);
            } catch (AssertionError e) {
                throw new AssertionError("after " + events + ", at " + event + ": " + e.getMessage(), e);
            }
        }
    }
}
