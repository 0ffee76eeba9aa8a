package dev.gangway.testing;

import org.opentest4j.TestAbortedException;

/**
 * What a test needs of the machine. If it is missing, the test is skipped with the reason. If nothing may be missing, as in
 * {@code .ci/run}, the test fails, because it might be skipped unnoticed otherwise.
 */
public final class Prerequisite {
    /** An environment variable, because it reaches every process that the tests start: {@code true} if nothing may be missing. */
    static final String NOTHING_MISSING = "GANGWAY_NOTHING_MISSING";

    private Prerequisite() {}

    /**
     * Ends the test unless {@code present}.
     *
     * @param missing what is missing, and how to get it
     */
    public static void require(boolean present, String missing) {
        if (present) {
            return;
        }
        if (nothingMayBeMissing()) {
            throw new AssertionError(
                    "missing, although " + NOTHING_MISSING + "=true is in the environment: " + missing);
        }
        skip(missing);
    }

    /**
     * Skips the test unless {@code sensible}, on every machine.
     *
     * @param why the reason why there is nothing to test
     */
    public static void skipUnless(boolean sensible, String why) {
        if (!sensible) {
            skip(why);
        }
    }

    static boolean nothingMayBeMissing() {
        return Boolean.parseBoolean(System.getenv(NOTHING_MISSING));
    }

    private static void skip(String why) {
        System.err.println("NOT TESTED: " + why);
        throw new TestAbortedException(why);
    }
}
