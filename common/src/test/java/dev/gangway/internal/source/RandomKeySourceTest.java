package dev.gangway.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.TicketKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class RandomKeySourceTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

    @Test
    void loadIfChanged_sameTime_givesTheSameKeysAgainWhenAskedTo() throws Exception {
        RandomKeySource source = RandomKeySource.of(KeyRotation.DEFAULT);
        Keyset first = source.loadIfChanged(START).orElseThrow();
        assertThat(source.loadIfChanged(START)).isEmpty();
        source.forgetLast();
        assertThat(source.loadIfChanged(START).orElseThrow().ringAt(START).digest())
                .isEqualTo(first.ringAt(START).digest());
    }

    @Test
    void close_wipesTheKeysAndGivesNone() throws Exception {
        RandomKeySource source = RandomKeySource.of(KeyRotation.DEFAULT);
        assertThat(source.loadIfChanged(START)).isPresent();
        List<TicketKey> keys = keysOf(source);
        source.close();
        source.forgetLast();

        assertThat(keys).isNotEmpty().allMatch(key -> key.secret().isDestroyed());
        assertThat(source).extracting("keys", InstanceOfAssertFactories.LIST).isEmpty();
        assertThat(source.loadIfChanged(START)).isEmpty();
    }

    @Test
    void loadIfChanged_keysThatAreDropped_areWipedAndTheOthersAreNot() throws Exception {
        RandomKeySource source = RandomKeySource.of(KeyRotation.DEFAULT);
        source.loadIfChanged(START);
        List<TicketKey> before = keysOf(source);

        source.loadIfChanged(START.plus(Duration.ofDays(7)));

        assertThat(keysOf(source))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(before)
                .noneMatch(key -> key.secret().isDestroyed());
        assertThat(before).allMatch(key -> key.secret().isDestroyed());
    }

    private static List<TicketKey> keysOf(RandomKeySource source) {
        List<TicketKey> keys = new ArrayList<>();
        assertThat(source)
                .extracting("keys", InstanceOfAssertFactories.list(TicketKey.class))
                .allSatisfy(keys::add);
        return keys;
    }
}
