package dev.gangway.examples.relay;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One connection through a relay, and the first bytes of both its directions, which are noted before they are passed on:
 * whoever receives a byte can already find it here.
 */
public final class RelayedConnection {
    /** How many bytes of each direction are kept. No TLS handshake is longer. */
    public static final int KEPT = 64 * 1024;

    private final long id;
    private final int upstream;
    private final int upstreamLocalPort;
    private final long openedAt = System.nanoTime();

    private final List<Chunk> chunks = new ArrayList<>();
    private final Map<Direction, Long> totals = new EnumMap<>(Direction.class);

    RelayedConnection(long id, int upstream, int upstreamLocalPort) {
        this.id = id;
        this.upstream = upstream;
        this.upstreamLocalPort = upstreamLocalPort;
    }

    /** Connections of one relay are counted from zero, in the order in which they were accepted. */
    public long id() {
        return id;
    }

    /** Which of the relay's upstreams serves the connection, counted from zero. */
    public int upstream() {
        return upstream;
    }

    /** The port from which the relay connected to the upstream: what the upstream takes for its client's port. */
    public int upstreamLocalPort() {
        return upstreamLocalPort;
    }

    /** What has passed so far, in order, up to {@value #KEPT} bytes of each direction. */
    public synchronized List<Chunk> chunks() {
        return List.copyOf(chunks);
    }

    /** The first {@value #KEPT} bytes, or fewer, that have passed in {@code direction} so far. */
    public byte[] bytes(Direction direction) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        chunks().stream()
                .filter(chunk -> chunk.direction() == direction)
                .map(Chunk::bytes)
                .forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    /** How many bytes have passed in {@code direction} so far, kept or not. */
    public synchronized long total(Direction direction) {
        return totals.getOrDefault(direction, 0L);
    }

    synchronized void note(Direction direction, byte[] buffer, int length) {
        long before = totals.merge(direction, (long) length, Long::sum) - length;
        int kept = (int) Math.min(length, Math.max(0, KEPT - before));
        if (kept > 0) {
            Duration at = Duration.ofNanos(System.nanoTime() - openedAt);
            chunks.add(new Chunk(direction, at, Arrays.copyOf(buffer, kept)));
        }
    }
}
