package dev.gangway.examples.relay;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One connection through a relay, and the first bytes of both its directions. They are recorded before they are forwarded,
 * so a received byte can always be found here.
 */
public final class RelayedConnection {
    /** The number of bytes kept of each direction, which no TLS handshake exceeds. */
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

    /** The number of this connection, counted from zero in the order of acceptance. */
    public long id() {
        return id;
    }

    /** The index of the upstream that serves the connection, counted from zero. */
    public int upstream() {
        return upstream;
    }

    /** The port from which the relay has connected to the upstream: the client's port, for the upstream. */
    public int upstreamLocalPort() {
        return upstreamLocalPort;
    }

    /** The bytes forwarded so far, in order, up to {@value #KEPT} bytes of each direction. */
    public synchronized List<Chunk> chunks() {
        return List.copyOf(chunks);
    }

    /** The bytes forwarded in {@code direction} so far, up to {@value #KEPT} bytes. */
    public byte[] bytes(Direction direction) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        chunks().stream()
                .filter(chunk -> chunk.direction() == direction)
                .map(Chunk::bytes)
                .forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    /** The number of bytes forwarded in {@code direction} so far, kept or not. */
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
