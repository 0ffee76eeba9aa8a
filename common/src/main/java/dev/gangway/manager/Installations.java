package dev.gangway.manager;

import dev.gangway.engine.Installation;
import dev.gangway.engine.InstallationException;
import dev.gangway.keys.KeyRing;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

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

    void apply(KeyRing ring) {
        each(installation -> installation.apply(ring));
    }

    void tend() {
        each(Installation::tend);
    }

    /** One installation that fails must not keep the keys from the others. */
    private void each(Work work) {
        for (WeakReference<Installation> reference : references) {
            Installation installation = reference.get();
            if (installation != null) {
                try {
                    work.on(installation);
                } catch (InstallationException | RuntimeException e) {
                    LOG.log(
                            Level.WARNING,
                            "Ticket keys did not reach one TLS context, which goes on without them: {0}",
                            e.toString());
                }
            }
        }
    }

    private interface Work {
        void on(Installation installation) throws InstallationException;
    }
}
