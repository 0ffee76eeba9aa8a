package dev.gangway.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.Keyset;
import java.time.Instant;
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
        source.close();
        source.forgetLast();

        assertThat(source).extracting("keys", InstanceOfAssertFactories.LIST).isEmpty();
        assertThat(source.loadIfChanged(START)).isEmpty();
    }
}
