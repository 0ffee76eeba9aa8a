package dev.gangway.internal.engine;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;

/**
 * Warns that an engine produced more bytes than a container's buffer holds; at most once a minute, to limit the log.
 */
final class OverflowLog {
    private static final Logger LOG = System.getLogger("dev.gangway");
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final AtomicLong lastAt = new AtomicLong(System.nanoTime() - PAUSE);

    void warn(SSLEngine engine) {
        long now = System.nanoTime();
        long last = lastAt.get();
        if (now - last >= PAUSE && lastAt.compareAndSet(last, now)) {
            LOG.log(
                    Level.WARNING,
                    "{0} produced more bytes in one call than its packet buffer size of {1} bytes (client {2}:{3}); the"
                            + " container may close this connection. Please report this",
                    engine.getClass().getName(),
                    String.valueOf(engine.getSession().getPacketBufferSize()),
                    engine.getPeerHost(),
                    String.valueOf(engine.getPeerPort()));
        }
    }
}
