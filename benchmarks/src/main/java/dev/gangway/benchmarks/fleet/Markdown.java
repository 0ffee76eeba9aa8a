package dev.gangway.benchmarks.fleet;

import dev.gangway.benchmarks.fleet.Results.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A table in Markdown. */
final class Markdown {
    private static final String EMPTY = "Not measured in this run.\n";

    private final StringBuilder text = new StringBuilder();
    private boolean hasRows;

    Markdown(String... columns) {
        line(List.of(columns));
        text.append("|---".repeat(columns.length)).append("|\n");
    }

    void row(List<String> cells) {
        hasRows = true;
        line(cells);
    }

    private void line(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Median and, in parentheses, least and greatest; a dash if it was not measured. */
    static String cell(Optional<Spread> spread, int digits) {
        return spread.map(value -> number(value.median(), digits) + " (" + number(value.min(), digits) + " to "
                        + number(value.max(), digits) + ")")
                .orElse("–");
    }

    static String median(Optional<Spread> spread, int digits) {
        return spread.map(value -> number(value.median(), digits)).orElse("–");
    }

    static String percent(Optional<Double> share) {
        return share.map(value -> number(100 * value, 0) + " %").orElse("–");
    }

    static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    @Override
    public String toString() {
        return hasRows ? text.toString() : EMPTY;
    }
}
