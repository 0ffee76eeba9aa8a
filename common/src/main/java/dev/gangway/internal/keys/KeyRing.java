package dev.gangway.internal.keys;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a node holds at one instant: at most one active key, which seals new tickets, and accept-only keys, which open
 * older tickets (previous keys) or those of nodes whose clock is a little ahead (next keys). Immutable.
 */
public final class KeyRing {
    /** The ring of a node that has no keys: nothing is sealed with a shared key, nothing opens. */
    public static final KeyRing EMPTY = new KeyRing(Optional.empty(), List.of(), List.of());

    private final Optional<TicketKey> active;
    private final List<TicketKey> acceptOnly;
    private final List<TicketKey> notYetAccepted;

    private KeyRing(Optional<TicketKey> active, List<TicketKey> acceptOnly, List<TicketKey> notYetAccepted) {
        this.active = active;
        this.acceptOnly = List.copyOf(acceptOnly);
        this.notYetAccepted = List.copyOf(notYetAccepted);
    }

    public static KeyRing of(Optional<TicketKey> active, List<TicketKey> acceptOnly) {
        return new KeyRing(active, acceptOnly, List.of());
    }

    /** The same ring, and the keys that will come into it. */
    KeyRing awaiting(List<TicketKey> keys) {
        return new KeyRing(active, acceptOnly, keys);
    }

    public Optional<TicketKey> active() {
        return active;
    }

    /** In the order of their source; never contains the active key. */
    public List<TicketKey> acceptOnly() {
        return acceptOnly;
    }

    /**
     * Keys that are known, and neither seal nor open before their time. They are not part of the ring and do nothing; with
     * them it can be said of a ticket that came too early what it is.
     */
    public List<TicketKey> notYetAccepted() {
        return notYetAccepted;
    }

    /** The {@link #accepted} keys, then the {@link #notYetAccepted} ones. */
    public List<TicketKey> known() {
        List<TicketKey> all = new ArrayList<>(accepted());
        all.addAll(notYetAccepted);
        return all;
    }

    /** The active key, if any, then the accept-only ones. */
    public List<TicketKey> accepted() {
        List<TicketKey> all = new ArrayList<>(acceptOnly.size() + 1);
        active.ifPresent(all::add);
        all.addAll(acceptOnly);
        return all;
    }

    /** The {@link #accepted} key of this name; empty if there is none. */
    public Optional<TicketKey> accepted(KeyName name) {
        if (active.isPresent() && active.get().name().equals(name)) {
            return active;
        }
        for (TicketKey key : acceptOnly) {
            if (key.name().equals(name)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    /**
     * The key that seals at {@code now}. Usually {@link #active()}; but a ring is a snapshot, and an engine may still
     * hold it when the next key's time has come: the keys' own times then decide, so that sealing moves on even if
     * nobody hands the engine a new ring.
     */
    public Optional<TicketKey> sealingAt(Instant now) {
        if (active.isPresent() && active.get().times().isEmpty()) {
            return active;
        }
        return ScheduledKeyset.sealing(accepted(), now);
    }

    /**
     * Sixteen hexadecimal digits that are equal on two nodes exactly when they hold the same keys in the same roles.
     * Computed from key names only.
     */
    public String digest() {
        String names = active.map(k -> k.name().toString()).orElse("-")
                + acceptOnly.stream().map(k -> k.name().toString()).sorted().collect(Collectors.joining(",", "|", ""));
        return HexFormat.of().formatHex(Sha256.of(names.getBytes(StandardCharsets.UTF_8)), 0, 8);
    }

    /** Whether both rings hold keys of the same names and times in the same roles. */
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
