package dev.gangway.examples;

import java.time.DateTimeException;
import java.time.Duration;
import picocli.CommandLine.TypeConversionException;

/** Durations on the command line as Gangway's settings have them: {@code 500ms}, {@code 30s}, {@code 10m}, {@code 6h}. */
final class DurationText {
    private DurationText() {}

    static Duration parse(String text) {
        try {
            if (text.endsWith("ms")) {
                return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
            }
            return Duration.parse(text.startsWith("P") ? text : text.endsWith("d") ? "P" + text : "PT" + text);
        } catch (DateTimeException | NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a duration; write it like 500ms, 30s, 10m or 6h");
        }
    }
}
