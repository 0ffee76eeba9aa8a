package dev.gangway.testing;

/** Host names that are as long as a test wants. */
public final class LongNames {
    private static final int LABEL = 50;

    private LongNames() {}

    /** A name of {@code length} letters and dots, with a letter at both ends. */
    public static String ofLength(int length) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < length; i++) {
            name.append(i % LABEL == LABEL - 1 && i < length - 1 ? '.' : (char) ('a' + i % 26));
        }
        return name.toString();
    }
}
