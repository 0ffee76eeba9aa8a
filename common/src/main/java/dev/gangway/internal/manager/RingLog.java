package dev.gangway.internal.manager;

import dev.gangway.internal.keys.KeyRing;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;

/** Logs one line for each change of the keys in use. */
final class RingLog {
    private static final Logger LOG = System.getLogger("dev.gangway");

    private final String source;

    RingLog(String source) {
        this.source = source;
    }

    void changed(KeyRing ring, Instant now) {
        LOG.log(Level.INFO, "Ticket keys from {0} now: {1}", source, KeyStatus.inWords(KeyStatus.of(ring, now)));
        if (ring.active().isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "No ticket key from {0} is active: new tickets are not shared with other nodes until one is;"
                            + " check the times of its keys, and the clock of this machine",
                    source);
        }
    }

    void closed() {
        LOG.log(
                Level.INFO,
                "The server no longer uses the ticket keys from {0}, and has wiped its copies of them",
                source);
    }
}
