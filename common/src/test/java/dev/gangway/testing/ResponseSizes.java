package dev.gangway.testing;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/**
 * Response sizes to try: dense where a response fills or almost fills a record, and sparse elsewhere. The long form tries
 * all of them, and repeated tests try fewer.
 */
final class ResponseSizes {
    private static final Logger LOG = Logger.getLogger(ResponseSizes.class.getName());
    private static final int MOST = 40_000;
    private static final int RECORD = 16_384;
    // Headers and tickets are in the same record as the body, or before it.
    private static final int BELOW = 400;
    private static final int ABOVE = 100;
    private static final int CLOSE = 20;

    private final Random random;

    ResponseSizes() {
        long seed = Long.getLong("gangway.seed", System.nanoTime());
        LOG.info("response sizes of -Dgangway.seed=" + seed);
        random = new Random(seed);
    }

    /** Sizes for connections with one handshake each. */
    List<Integer> firstOnAConnection() {
        return sizes(LongForm.distance(10, 2_500), LongForm.distance(1, CLOSE), LongForm.tries(100, 10));
    }

    /** Sizes for several requests on one connection. */
    List<Integer> onOneConnection() {
        return sizes(LongForm.distance(1, 100), LongForm.distance(1, CLOSE), 50);
    }

    /** Sizes for clients with certificates, whose tickets fill a large part of a record, or several records. */
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
