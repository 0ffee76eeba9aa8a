package dev.gangway.examples;

import dev.gangway.internal.keys.Durations;
import java.time.Duration;
import picocli.CommandLine.TypeConversionException;

/** Durations on the command line, read as Gangway's settings are: {@code 500ms}, {@code 30s}, {@code 10m}, {@code 6h}. */
final class DurationText {
    private DurationText() {}

    static Duration parse(String text) {
        try {
            // Picocli names the option itself.
            return Durations.parse("the value", text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
