package dev.gangway.benchmarks;

import java.util.Arrays;

/** Any number of measured times. */
final class Samples {
    private long[] values = new long[4096];
    private int count;

    void clear() {
        count = 0;
    }

    void add(long value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
    }

    long median() {
        long[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return count == 0 ? 0 : sorted[count / 2];
    }
}
