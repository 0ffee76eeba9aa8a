package dev.gangway.internal.engine.conscrypt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TicketWindowTest {
    private static final Instant HELLO = Instant.parse("2026-06-01T12:00:00.700Z");

    private final ManualClock clock = new ManualClock(HELLO);
    private final TicketWindow window = TicketWindow.of(HELLO, HELLO.plusSeconds(3600), clock);

    @Test
    void isOpen_fromTheHelloToASecondBeforeTheEnd() {
        assertThat(window.isOpen()).isTrue();
        clock.set(HELLO.plusSeconds(3599).minusNanos(1));
        assertThat(window.isOpen()).isTrue();
        clock.set(HELLO.plusSeconds(3599));
        assertThat(window.isOpen()).isFalse();
        clock.set(HELLO.plus(Duration.ofDays(1)));
        assertThat(window.isOpen()).isFalse();
    }

    @Test
    void isOpen_clockSetBack_onlyWithinTheSameSecond() {
        clock.set(HELLO.minusMillis(700));
        assertThat(window.isOpen()).isTrue();
        clock.set(HELLO.minusMillis(701));
        assertThat(window.isOpen()).isFalse();
    }

    @Test
    void isOpen_sessionOfOneSecond_isOpenWithinThatSecond() {
        TicketWindow shortest = TicketWindow.of(HELLO, HELLO.plusSeconds(1), clock);
        assertThat(shortest.isOpen()).isTrue();
        clock.set(HELLO.plusMillis(300));
        assertThat(shortest.isOpen()).isFalse();
    }

    @Test
    void isOpen_always_whateverTheTime() {
        assertThat(TicketWindow.ALWAYS.isOpen()).isTrue();
    }
}
