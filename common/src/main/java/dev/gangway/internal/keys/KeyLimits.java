package dev.gangway.internal.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Checks that the settings of a {@link TicketPolicy} and the times of the keys fit each other. All limits are checked
 * together, so that an operator sees all violations at once.
 */
public final class KeyLimits {
    private static final Duration MAX_TICKET_LIFETIME = Duration.ofDays(7);
    private static final Duration MAX_CLOCK_SKEW = Duration.ofHours(1);
    private static final Duration MIN_POLL_INTERVAL = Duration.ofMillis(100);
    private static final Duration MAX_POLL_INTERVAL = Duration.ofHours(1);

    private final TicketPolicy policy;
    private final List<String> broken = new ArrayList<>();

    private KeyLimits(TicketPolicy policy) {
        this.policy = policy;
    }

    /**
     * The violations at {@code now}, one message each; empty if there are none. Each message names the setting, its
     * value, the limit, the way out, and the RFC section if there is one. Keys that have retired are not checked,
     * because their times can no longer be changed.
     */
    public static List<String> violations(TicketPolicy policy, Keyset keyset, Instant now) {
        KeyLimits limits = new KeyLimits(policy);
        limits.checkSettings();
        List<TicketKey> planned = keyset.keys().stream()
                .filter(key ->
                        key.times().filter(t -> t.retireAt().isAfter(now)).isPresent())
                .sorted(Comparator.comparing(key -> key.times().orElseThrow().activateAt()))
                .toList();
        planned.stream()
                .min(Comparator.comparing(key -> key.times().orElseThrow().decryptOnlyPeriod()))
                .ifPresent(limits::checkDecryptOnlyPeriod);
        // A key that was retired early has a shorter life than planned; the last key has the planned times.
        planned.stream().reduce((earlier, later) -> later).ifPresent(limits::checkPlan);
        return List.copyOf(limits.broken);
    }

    /**
     * Checks the settings alone, before there are keys.
     *
     * @throws IllegalArgumentException with all messages of {@link #violations} about the settings
     */
    public static void requireKeptBy(TicketPolicy policy) {
        KeyLimits limits = new KeyLimits(policy);
        limits.checkSettings();
        if (!limits.broken.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", limits.broken));
        }
    }

    private void checkSettings() {
        Duration lifetime = policy.ticketLifetime();
        require(
                lifetime.compareTo(Duration.ofSeconds(1)) >= 0 && lifetime.compareTo(MAX_TICKET_LIFETIME) <= 0,
                "ticketLifetime " + Durations.format(lifetime) + " is outside 1s to 7d (RFC 8446 section 4.6.1); use a"
                        + " value such as 6h");
        require(
                lifetime.equals(Duration.ofSeconds(lifetime.toSeconds())),
                "ticketLifetime " + Durations.format(lifetime) + " is not a whole number of seconds, the unit"
                        + " in tickets (RFC 8446 section 4.6.1); use a value such as 6h");
        require(
                !policy.clockSkew().isNegative() && policy.clockSkew().compareTo(MAX_CLOCK_SKEW) <= 0,
                "clockSkew " + Durations.format(policy.clockSkew()) + " is outside 0s to 1h; use a value such as 1m");
        require(
                policy.pollInterval().compareTo(MIN_POLL_INTERVAL) >= 0
                        && policy.pollInterval().compareTo(MAX_POLL_INTERVAL) <= 0,
                "pollInterval " + Durations.format(policy.pollInterval()) + " is outside 100ms to 1h; use a value such"
                        + " as 10s");
    }

    /**
     * The last ticket that a key sealed must be accepted for its whole lifetime, and a key is always destroyed at the
     * end of its decrypt-only period.
     */
    private void checkDecryptOnlyPeriod(TicketKey key) {
        Duration decryptOnly = key.times().orElseThrow().decryptOnlyPeriod();
        require(
                policy.ticketLifetime().compareTo(decryptOnly) <= 0,
                "ticketLifetime " + Durations.format(policy.ticketLifetime()) + " is longer than the "
                        + Durations.format(decryptOnly) + " for which " + nameOf(key)
                        + " opens tickets after it retires (RFC 9325 section 3.4);"
                        + " shorten ticketLifetime, or make new keys (keys new --ticket-lifetime="
                        + Durations.format(policy.ticketLifetime()) + ")");
    }

    /** Tickets live at most half as long as keys, and every node has a key before any node seals with it. */
    private void checkPlan(TicketKey key) {
        KeyTimes times = key.times().orElseThrow();
        Duration period = Duration.between(times.activateAt(), times.retireAt());
        Duration life = Duration.between(times.activateAt(), times.destroyAt());
        require(
                policy.ticketLifetime().multipliedBy(2).compareTo(life) <= 0,
                "ticketLifetime " + Durations.format(policy.ticketLifetime()) + " is more than half of the "
                        + Durations.format(life) + " from activation to destruction of " + nameOf(key)
                        + " (RFC 9325 section 3.4); shorten ticketLifetime, or use keys with a period longer than "
                        + Durations.format(period));
        require(
                period.compareTo(policy.propagationTime()) > 0,
                "pollInterval " + Durations.format(policy.pollInterval()) + " and a clock skew of "
                        + Durations.format(policy.clockSkew()) + " together are not shorter than the period of "
                        + Durations.format(period) + " for which " + nameOf(key)
                        + " seals: the next key, which is in the"
                        + " file one period ahead, would seal before every node has it; shorten pollInterval, or"
                        + " make keys with a longer period");
    }

    private static String nameOf(TicketKey key) {
        return "key " + key.name().shortForm();
    }

    private void require(boolean kept, String otherwise) {
        if (!kept) {
            broken.add(otherwise);
        }
    }
}
