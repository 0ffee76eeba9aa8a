package dev.gangway.manager;

import dev.gangway.engine.Installation;
import dev.gangway.engine.InstallationException;
import dev.gangway.keys.KeyRing;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The installations of one manager, held weakly: when a container drops a context, after a reload for instance, the
 * installation goes with it and nothing has to be told. Guarded by the manager's lock, except for {@link #count}.
 */
final class Installations {
    private static final Logger LOG = System.getLogger("dev.gangway");

    private volatile List<WeakReference<Installation>> references = List.of();

    void add(Installation installation) {
        List<WeakReference<Installation>> next = new ArrayList<>(references);
        next.removeIf(reference -> reference.refersTo(null));
        next.add(new WeakReference<>(installation));
        references = List.copyOf(next);
    }

    void remove(Installation installation) {
        List<WeakReference<Installation>> next = new ArrayList<>(references);
        next.removeIf(reference -> reference.refersTo(null) || reference.refersTo(installation));
        references = List.copyOf(next);
    }

    int count() {
        return (int) references.stream()
                .filter(reference -> !reference.refersTo(null))
                .count();
    }

    /** One installation that fails must not keep the keys from the others. */
    void apply(KeyRing ring) {
        references.stream()
                .map(WeakReference::get)
                .filter(Objects::nonNull)
                .forEach(installation -> apply(installation, ring));
    }

    private static void apply(Installation installation, KeyRing ring) {
        try {
            installation.apply(ring);
        } catch (InstallationException | RuntimeException e) {
            LOG.log(Level.WARNING, "New ticket keys did not reach one TLS context, which goes on without them: {0}", e);
        }
    }
}
