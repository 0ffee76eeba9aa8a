package dev.gangway.internal.engine.conscrypt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TicketWindowTest {
    private static final Instant HELLO = Instant.parse("2026-06-01T12:00:00.700Z");

    private final ManualClock clock = new ManualClock(HELLO);
    private final TicketWindow window = TicketWindow.ofResumption(HELLO, HELLO, HELLO.plusSeconds(3600), clock);

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
        TicketWindow shortest = TicketWindow.ofResumption(HELLO, HELLO, HELLO.plusSeconds(1), clock);
        assertThat(shortest.isOpen()).isTrue();
        clock.set(HELLO.plusMillis(300));
        assertThat(shortest.isOpen()).isFalse();
    }

    @Test
    void isOpen_clockSetWhileTheHelloWasAnswered_onlyInTheTimeThatBothAllow() {
        for (Duration step : List.of(Duration.ofMinutes(20), Duration.ofMinutes(-20))) {
            Instant taken = HELLO.plus(step);
            Instant earlier = step.isNegative() ? taken : HELLO;
            Instant later = step.isNegative() ? HELLO : taken;
            TicketWindow moved = TicketWindow.ofFullHandshake(HELLO, taken, Duration.ofHours(1), clock);
            clock.set(later.minusSeconds(1));
            assertThat(moved.isOpen()).as("%s", step).isFalse();
            clock.set(later);
            assertThat(moved.isOpen()).as("%s", step).isTrue();
            clock.set(earlier.plusSeconds(3599));
            assertThat(moved.isOpen()).as("%s", step).isFalse();
        }
    }

    @Test
    void isOpen_clockSetByMoreThanTheLifetimeWhileTheHelloWasAnswered_isClosed() {
        Duration lifetime = Duration.ofHours(1);
        Instant ahead = HELLO.plus(Duration.ofHours(2));
        clock.set(ahead);
        assertThat(TicketWindow.ofFullHandshake(HELLO, ahead, lifetime, clock).isOpen())
                .isFalse();
        clock.set(HELLO);
        assertThat(TicketWindow.ofFullHandshake(ahead, HELLO, lifetime, clock).isOpen())
                .isFalse();
    }
}
