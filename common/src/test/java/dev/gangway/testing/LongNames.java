package dev.gangway.testing;

/** Host names of any length. */
public final class LongNames {
    private static final int LABEL = 50;

    private LongNames() {}

    /** Whether this Java's SunJSSE can read its own tickets of sessions with a name of {@code length} bytes (JDK-8350830). */
    public static boolean isReadBySunJsse(int length) {
        return length <= (hasSignedLengths(Runtime.version()) ? Byte.MAX_VALUE : 0xff);
    }

    private static boolean hasSignedLengths(Runtime.Version java) {
        return switch (java.feature()) {
            case 17 -> java.update() < 17;
            case 21 -> java.update() < 9;
            default -> java.feature() < 25;
        };
    }

    /** A name of {@code length} letters and dots, with a letter at both ends. */
    public static String ofLength(int length) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < length; i++) {
            name.append(i % LABEL == LABEL - 1 && i < length - 1 ? '.' : (char) ('a' + i % 26));
        }
        return name.toString();
    }
}
