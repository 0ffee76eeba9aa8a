package dev.gangway.testing;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Response bodies of the length in the request's query. */
public final class ResponseBytes {
    private static final int MOST = 200_000;
    private static final Pattern QUERY = Pattern.compile("bytes=(\\d{1,6})");
    // Random, so that lost, doubled or misplaced pieces are found.
    private static final byte[] ALL = new byte[MOST];

    static {
        new Random(20260701).nextBytes(ALL);
    }

    private ResponseBytes() {}

    /** The body for a request with {@code query}; empty if the query contains no length. */
    public static Optional<byte[]> askedBy(String query) {
        Matcher asked = QUERY.matcher(query == null ? "" : query);
        return asked.matches() ? Optional.of(of(Integer.parseInt(asked.group(1)))) : Optional.empty();
    }

    static byte[] of(int size) {
        return Arrays.copyOf(ALL, size);
    }

    static String path(int size) {
        return "/?bytes=" + size;
    }
}
