package dev.gangway.testing;

/**
 * How much a test tries that could go on for ever: {@code -Dgangway.long=true} asks for more than an ordinary build has the
 * time for. Tests that an ordinary build runs once more, on another Java version or with another Conscrypt, try less there.
 */
public final class LongForm {
    static final String PROPERTY = "gangway.long";

    /** Set where tests are run once more. */
    static final String AGAIN = "gangway.again";

    // Of what the first run tries.
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

    /** The distance between the values tried, which is the wider the less is tried. */
    static int distance(int longForm, int ordinary) {
        if (isAskedFor()) {
            return longForm;
        }
        return Boolean.getBoolean(AGAIN) ? ordinary * PART_AGAIN : ordinary;
    }
}
