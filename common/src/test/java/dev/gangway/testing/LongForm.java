package dev.gangway.testing;

/** Whether tests that can are to try more than an ordinary build has the time for: {@code -Dgangway.long=true}. */
public final class LongForm {
    static final String PROPERTY = "gangway.long";

    private LongForm() {}

    public static boolean isAskedFor() {
        return Boolean.getBoolean(PROPERTY);
    }
}
