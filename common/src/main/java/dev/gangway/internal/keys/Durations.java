package dev.gangway.internal.keys;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Durations as operators write them: {@code 90s}, {@code 30m}, {@code 12h}, {@code 7d}, {@code 500ms}, or ISO-8601. The
 * maximum is 100 years, so that calculations with durations cannot overflow.
 */
public final class Durations {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Pattern SHORT_FORM = Pattern.compile("(-?\\d{1,18})(ms|s|m|h|d)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    // Common mistakes: 10, 10 s, 5 minutes, 1h30m.
    private static final Pattern LOOSE_FORM = Pattern.compile("(\\d++\\s*+[a-z]*+\\s*+)++");
    private static final Pattern LOOSE_PART = Pattern.compile("(\\d{1,9})\\s*([a-z]*)");

    private Durations() {}

    /** @throws IllegalArgumentException naming the setting and its value */
    public static Duration parse(String setting, String text) {
        if (text == null) {
            throw new IllegalArgumentException(setting + " is null; write a duration like 30m, 12h, 7d or PT12H");
        }
        Duration duration;
        try {
            duration = parse(text.strip());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    setting + " '" + text + "' is not a duration; write it like 30m, 12h, 7d or PT12H" + hint(text), e);
        } catch (ArithmeticException e) {
            throw tooLong(setting, text);
        }
        if (duration.compareTo(LONGEST) > 0 || duration.compareTo(LONGEST.negated()) < 0) {
            throw tooLong(setting, text);
        }
        return duration;
    }

    private static Duration parse(String text) {
        Matcher matcher = SHORT_FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            return UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
        }
        if (text.equals("0")) {
            // The same in any unit; the limits of the setting refuse it if it is too short.
            return Duration.ZERO;
        }
        return Duration.parse(text);
    }

    private static IllegalArgumentException tooLong(String setting, String text) {
        return new IllegalArgumentException(setting + " '" + text + "' is longer than the " + format(LONGEST)
                + " that a duration can have; use a shorter duration");
    }

    private static String hint(String text) {
        return meant(text)
                .map(duration -> "; did you mean '" + format(duration) + "'?")
                .orElse("");
    }

    private static Optional<Duration> meant(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        if (!LOOSE_FORM.matcher(plain).matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        Matcher parts = LOOSE_PART.matcher(plain);
        while (parts.find()) {
            Duration unit = unit(parts.group(2));
            boolean isRest = parts.start() > 0 && parts.group(2).isEmpty();
            if (unit == null || isRest) {
                return Optional.empty();
            }
            sum = sum.plus(unit.multipliedBy(Long.parseLong(parts.group(1))));
        }
        return Optional.of(sum);
    }

    // A number without a unit means seconds, as in most software. Null if there is no such unit.
    private static Duration unit(String word) {
        if (word.startsWith("ms") || word.startsWith("milli")) {
            return UNITS.get("ms");
        }
        if (word.isEmpty()) {
            return UNITS.get("s");
        }
        return word.startsWith("mo") ? null : UNITS.get(word.substring(0, 1));
    }

    /**
     * The text that {@link #parse} reads back, in the largest unit that needs no fraction: {@code 90s}, {@code 12h}.
     */
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
