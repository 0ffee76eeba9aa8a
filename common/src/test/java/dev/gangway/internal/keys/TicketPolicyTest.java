package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TicketPolicyTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void ticketLifetimeSeconds_lifetime_isCountedInSeconds() {
        assertThat(TicketPolicy.DEFAULT.ticketLifetimeSeconds()).isEqualTo(21_600);
        assertThat(TicketPolicy.ofLifetime(Duration.ofDays(7)).ticketLifetimeSeconds())
                .isEqualTo(604_800);
    }

    @Test
    void ofLifetime_lifetime_leavesTheRestAtItsDefaults() {
        assertThat(TicketPolicy.ofLifetime(SECOND))
                .isEqualTo(new TicketPolicy(SECOND, Duration.ofMinutes(1), Duration.ofSeconds(10)));
    }

    @Test
    void withPollInterval_interval_leavesTheRest() {
        assertThat(new TicketPolicy(Duration.ofHours(1), Duration.ofMinutes(2), Duration.ofHours(3))
                        .withPollInterval(SECOND))
                .isEqualTo(new TicketPolicy(Duration.ofHours(1), Duration.ofMinutes(2), SECOND));
    }

    @Test
    void policy_settingMissing_isRefusedByName() {
        assertThatThrownBy(() -> new TicketPolicy(null, SECOND, SECOND)).hasMessage("ticketLifetime");
        assertThatThrownBy(() -> new TicketPolicy(SECOND, null, SECOND)).hasMessage("clockSkew");
        assertThatThrownBy(() -> new TicketPolicy(SECOND, SECOND, null)).hasMessage("pollInterval");
    }
}
