package dev.gangway.keys;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Durations as operators write them: {@code 90s}, {@code 30m}, {@code 12h}, {@code 7d}, {@code 500ms}, or ISO-8601. */
public final class Durations {
    private static final Pattern SHORT_FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private Durations() {}

    /** @throws IllegalArgumentException naming the setting and its value */
    public static Duration parse(String setting, String text) {
        Matcher matcher = SHORT_FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            return UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
        }
        if (text.strip().equals("0")) {
            // Whatever the unit: it is for the limits of the setting to say that it is too short.
            return Duration.ZERO;
        }
        try {
            return Duration.parse(text.strip());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    setting + " '" + text + "' is not a duration; write it like 30m, 12h, 7d or PT12H", e);
        }
    }

    /** As {@link #parse} reads it, in the largest unit that needs no fraction: {@code 90s}, {@code 12h}. */
    public static String format(Duration duration) {
        return Stream.of("d", "h", "m", "s", "ms")
                .filter(unit -> !duration.isZero() && isMultiple(duration, UNITS.get(unit)))
                .findFirst()
                .map(unit -> duration.dividedBy(UNITS.get(unit)) + unit)
                .orElse(duration.isZero() ? "0s" : duration.toString());
    }

    private static boolean isMultiple(Duration duration, Duration unit) {
        return unit.multipliedBy(duration.dividedBy(unit)).equals(duration);
    }
}
