package dev.gangway.testing;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/**
 * Response sizes to try: close together where a response fills a record, or leaves only a little room in one, and farther
 * apart elsewhere. All of them in the long form, and fewer where the tests are run once more.
 */
final class ResponseSizes {
    private static final Logger LOG = Logger.getLogger(ResponseSizes.class.getName());
    private static final int MOST = 40_000;
    private static final int RECORD = 16_384;
    // Headers and tickets share the record with the body, or lie before it.
    private static final int BELOW = 400;
    private static final int ABOVE = 100;
    private static final int CLOSE = 20;

    private final Random random;

    ResponseSizes() {
        long seed = Long.getLong("gangway.seed", System.nanoTime());
        LOG.info("response sizes of -Dgangway.seed=" + seed);
        random = new Random(seed);
    }

    /** For as many connections, of which each is to have a handshake. */
    List<Integer> firstOnAConnection() {
        return sizes(LongForm.distance(10, 2_500), LongForm.distance(1, CLOSE), LongForm.tries(100, 10));
    }

    /** For requests that share a connection. */
    List<Integer> onOneConnection() {
        return sizes(LongForm.distance(1, 100), LongForm.distance(1, CLOSE), 50);
    }

    /** For clients whose certificates are in the tickets, which then take much of a record, or all of several. */
    List<Integer> besideLargeTickets() {
        TreeSet<Integer> sizes = new TreeSet<>(
                sizes(LongForm.distance(100, 13_000), LongForm.distance(CLOSE, 400), LongForm.tries(50, 3)));
        IntStream.iterate(8_000, size -> size < RECORD, size -> size + 600).forEach(sizes::add);
        return List.copyOf(sizes);
    }

    private List<Integer> sizes(int apart, int close, int randomOnes) {
        TreeSet<Integer> sizes = new TreeSet<>();
        IntStream.iterate(1, size -> size <= MOST, size -> size + apart).forEach(sizes::add);
        for (int full = RECORD; full < MOST; full += RECORD) {
            int end = full + ABOVE;
            IntStream.iterate(full - BELOW, size -> size <= end, size -> size + close)
                    .forEach(sizes::add);
        }
        random.ints(randomOnes, 1, MOST + 1).forEach(sizes::add);
        return List.copyOf(sizes);
    }
}
