package dev.gangway.internal.manager;

import dev.gangway.internal.engine.Installation;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.engine.TicketSeal;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.KeyRing;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The installations of one manager, held weakly: when a container drops a context, for instance after a reload, the
 * garbage collector also removes the installation. Guarded by the lock of {@link CurrentRing}, except for the counts.
 */
final class Installations {
    private static final Logger LOG = System.getLogger("dev.gangway");

    private volatile List<Follower> followers = List.of();

    void add(Installation installation) {
        List<Follower> next = new ArrayList<>(followers);
        next.removeIf(Follower::isGone);
        next.add(new Follower(installation));
        followers = List.copyOf(next);
    }

    void remove(Installation installation) {
        List<Follower> next = new ArrayList<>(followers);
        next.removeIf(follower -> follower.isGone() || follower.installation.refersTo(installation));
        followers = List.copyOf(next);
    }

    int count() {
        return (int) followers.stream().filter(follower -> !follower.isGone()).count();
    }

    int countBroken() {
        return (int) followers.stream()
                .filter(follower -> !follower.isGone() && follower.isBroken())
                .count();
    }

    /** Why installations did not take the ring; empty if all did. */
    Optional<String> fault() {
        List<String> reasons = followers.stream()
                .filter(follower -> !follower.isGone())
                .flatMap(follower -> follower.failure.stream())
                .toList();
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(reasons.size() + " of " + count() + " TLS contexts did not accept the ticket keys: "
                        + String.join("; ", new TreeSet<>(reasons)));
    }

    /** The different ticket formats of the installations, in order. */
    List<String> ticketFormats() {
        return followers.stream()
                .map(follower -> follower.installation.get())
                .filter(Objects::nonNull)
                .map(Installation::ticketFormat)
                .distinct()
                .sorted()
                .toList();
    }

    /** The key that sealed {@code ticket}, if the ticket has the name of a key in any of the installations. */
    Optional<KeyName> sealerOf(byte[] ticket) {
        return followers.stream()
                .map(follower -> follower.installation.get())
                .filter(Objects::nonNull)
                .flatMap(installation -> installation.sealOf(ticket).stream())
                .map(TicketSeal::key)
                .findFirst();
    }

    void apply(KeyRing ring) {
        followers.forEach(follower -> follower.call(installation -> installation.apply(ring)));
    }

    /** Maintains all installations, and applies {@code ring} again to those that did not accept it. */
    void maintain(KeyRing ring) {
        for (Follower follower : followers) {
            follower.call(follower.isBroken() ? installation -> installation.apply(ring) : Installation::maintain);
        }
    }

    private interface Work {
        void on(Installation installation) throws InstallationException;
    }

    private static final class Follower {
        final WeakReference<Installation> installation;
        volatile Optional<String> failure = Optional.empty();

        Follower(Installation installation) {
            this.installation = new WeakReference<>(installation);
        }

        boolean isGone() {
            return installation.refersTo(null);
        }

        boolean isBroken() {
            return failure.isPresent();
        }

        /** A failure of one installation, even an {@code Error}, must not keep the keys from the others. */
        void call(Work work) {
            Installation present = installation.get();
            if (present != null) {
                try {
                    work.on(present);
                    recovered();
                } catch (InstallationException | RuntimeException | Error e) {
                    failed(e);
                }
            }
        }

        private void recovered() {
            if (isBroken()) {
                failure = Optional.empty();
                LOG.log(Level.INFO, "The TLS context that did not accept the ticket keys has accepted them now");
            }
        }

        private void failed(Throwable e) {
            boolean isNews = !isBroken();
            // Set before logging, because the log may fail too.
            failure = Optional.of(e instanceof InstallationException ? e.getMessage() : e.toString());
            if (isNews) {
                LOG.log(
                        Level.WARNING,
                        "A TLS context did not accept the ticket keys; it uses its earlier keys or random keys of its own,"
                                + " and its tickets may not resume on other nodes. Gangway tries again at every poll: {0}",
                        e.toString());
            }
        }
    }
}
