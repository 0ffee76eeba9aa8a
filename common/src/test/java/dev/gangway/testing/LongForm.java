package dev.gangway.testing;

/**
 * How much a test without a natural limit tries: with {@code -Dgangway.long=true}, more than an ordinary build has time for.
 * Tests that an ordinary build repeats, on another Java version or with another Conscrypt, try less then.
 */
public final class LongForm {
    static final String PROPERTY = "gangway.long";

    /** Set when tests are repeated. */
    static final String AGAIN = "gangway.again";

    // The fraction of the first run.
    private static final int PART_AGAIN = 4;

    private LongForm() {}

    public static boolean isAskedFor() {
        return Boolean.getBoolean(PROPERTY);
    }

    /** The number of tries here. */
    public static int tries(int longForm, int ordinary) {
        if (isAskedFor()) {
            return longForm;
        }
        return Boolean.getBoolean(AGAIN) ? Math.max(1, ordinary / PART_AGAIN) : ordinary;
    }

    /** The distance between the values tried, which is larger if the test tries less. */
    static int distance(int longForm, int ordinary) {
        if (isAskedFor()) {
            return longForm;
        }
        return Boolean.getBoolean(AGAIN) ? ordinary * PART_AGAIN : ordinary;
    }
}
