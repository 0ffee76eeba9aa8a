package dev.gangway.examples.relay;

import java.time.Duration;

/** Bytes that a relay has forwarded at once: a part of a TLS record, or several records. */
public final class Chunk {
    private final Direction direction;
    private final Duration at;
    private final byte[] bytes;

    /**
     * @param at the time since the connection was opened
     * @param bytes not copied
     */
    public Chunk(Direction direction, Duration at, byte[] bytes) {
        this.direction = direction;
        this.at = at;
        this.bytes = bytes;
    }

    public Direction direction() {
        return direction;
    }

    /** The time since the connection was opened. */
    public Duration at() {
        return at;
    }

    public byte[] bytes() {
        return bytes.clone();
    }
}
