package dev.gangway.benchmarks;

import java.util.Locale;
import org.openjdk.jmh.util.ListStatistics;

/**
 * A mean with the half-width of its 99 % confidence interval (Student's t), which is NaN for fewer than three values.
 */
public record Estimate(double mean, double error) {
    private static final double CONFIDENCE = 0.99;

    public static Estimate of(double[] values) {
        ListStatistics statistics = new ListStatistics(values);
        return new Estimate(statistics.getMean(), statistics.getMeanErrorAt(CONFIDENCE));
    }

    /** Both numbers in another unit. */
    Estimate times(double factor) {
        return new Estimate(mean * factor, error * factor);
    }

    /** As a difference from 1 in percent, such as {@code +0.3 ± 0.5 %}. */
    public String asChange() {
        return String.format(Locale.ROOT, "%+.2f ± %.2f %%", 100 * (mean - 1), 100 * error);
    }

    /** Such as {@code 12.3 ± 0.5}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f ± %.2f", mean, error);
    }
}
