package dev.gangway.internal.keys;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys of a node at one instant: at most one active key, which seals new tickets, and accept-only keys, which open
 * older tickets (previous keys) or tickets of nodes whose clock is slightly ahead (next keys). Immutable.
 */
public final class KeyRing {
    /** The ring of a node without keys: no ticket is sealed with a shared key, or opened. */
    public static final KeyRing EMPTY = new KeyRing(Optional.empty(), List.of(), List.of());

    private final Optional<TicketKey> active;
    private final List<TicketKey> acceptOnly;
    private final List<TicketKey> notYetAccepted;
    private final List<TicketKey> accepted;

    private KeyRing(Optional<TicketKey> active, List<TicketKey> acceptOnly, List<TicketKey> notYetAccepted) {
        this.active = active;
        this.acceptOnly = List.copyOf(acceptOnly);
        this.notYetAccepted = List.copyOf(notYetAccepted);
        this.accepted = Stream.concat(active.stream(), this.acceptOnly.stream()).toList();
    }

    public static KeyRing of(Optional<TicketKey> active, List<TicketKey> acceptOnly) {
        return new KeyRing(active, acceptOnly, List.of());
    }

    /** The same ring, with keys that will be accepted later. */
    KeyRing awaiting(List<TicketKey> keys) {
        return new KeyRing(active, acceptOnly, keys);
    }

    public Optional<TicketKey> active() {
        return active;
    }

    /** The accept-only keys in the order of their source, without the active key. */
    public List<TicketKey> acceptOnly() {
        return acceptOnly;
    }

    /**
     * Known keys that are not accepted yet. They are not part of the ring and neither seal nor open; they only identify
     * a ticket whose key is not accepted yet.
     */
    public List<TicketKey> notYetAccepted() {
        return notYetAccepted;
    }

    /** The {@link #accepted} keys, then the {@link #notYetAccepted} ones. */
    public List<TicketKey> known() {
        return Stream.concat(accepted.stream(), notYetAccepted.stream()).toList();
    }

    /** The active key, if any, then the accept-only ones. */
    public List<TicketKey> accepted() {
        return accepted;
    }

    /** The {@link #accepted} key of this name; empty if there is none. */
    public Optional<TicketKey> accepted(KeyName name) {
        for (TicketKey key : accepted) {
            if (key.name().equals(name)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    /**
     * The key that seals at {@code now}. Usually this is {@link #active()}. But a ring is a snapshot, and an engine may
     * still use it when the next key must be activated. The times of the keys then decide, so that the next key seals
     * even if the engine gets no new ring.
     */
    public Optional<TicketKey> sealingAt(Instant now) {
        if (active.isPresent() && active.get().times().isEmpty()) {
            return active;
        }
        return ScheduledKeyset.sealing(accepted, now);
    }

    /**
     * Sixteen hexadecimal digits that are equal on two nodes exactly if they have the same keys in the same roles.
     * Computed from key names only.
     */
    public String digest() {
        String names = active.map(k -> k.name().toString()).orElse("-")
                + acceptOnly.stream().map(k -> k.name().toString()).sorted().collect(Collectors.joining(",", "|", ""));
        return HexFormat.of().formatHex(Sha256.of(names.getBytes(StandardCharsets.UTF_8)), 0, 8);
    }

    /** Whether both rings have keys with the same names and times in the same roles. */
    public boolean sameAs(KeyRing other) {
        return describeKeys().equals(other.describeKeys());
    }

    private List<Object> describeKeys() {
        return List.of(
                active.map(k -> List.of(k.name(), k.times())),
                acceptOnly.stream().map(k -> List.of(k.name(), k.times())).toList());
    }

    @Override
    public String toString() {
        return "active " + active.map(k -> k.name().shortForm()).orElse("none") + ", accept-only "
                + acceptOnly.stream().map(k -> k.name().shortForm()).toList();
    }
}
