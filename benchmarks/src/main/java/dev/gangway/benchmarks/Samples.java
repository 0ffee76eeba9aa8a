package dev.gangway.benchmarks;

import java.util.Arrays;

/** Any number of measured times. */
public final class Samples {
    private long[] values = new long[4096];
    private int count;

    public void clear() {
        count = 0;
    }

    public void add(long value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
    }

    public void addAll(Samples other) {
        for (int i = 0; i < other.count; i++) {
            add(other.values[i]);
        }
    }

    public int count() {
        return count;
    }

    public long get(int index) {
        return values[index];
    }

    long median() {
        return quantile(0.5);
    }

    /** The value below which this share of the values is; 0 without any. */
    public long quantile(double share) {
        long[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return count == 0 ? 0 : sorted[Math.min(count - 1, (int) (count * share))];
    }
}
