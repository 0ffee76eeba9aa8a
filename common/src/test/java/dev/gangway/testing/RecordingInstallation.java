package dev.gangway.testing;

import dev.gangway.ClientAuth;
import dev.gangway.internal.engine.ConnectionTickets;
import dev.gangway.internal.engine.Installation;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.engine.TicketSeal;
import dev.gangway.internal.keys.KeyRing;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLEngine;

/**
 * An installation that records its rings. A manager has only weak references to its installations; this class keeps them
 * until the end of the JVM, so that they are not collected during a test.
 */
public class RecordingInstallation implements Installation {
    private static final Queue<RecordingInstallation> HELD = new ConcurrentLinkedQueue<>();

    public final List<KeyRing> rings = new CopyOnWriteArrayList<>();
    public volatile boolean failing;

    public RecordingInstallation() {
        HELD.add(this);
    }

    @Override
    public void apply(KeyRing ring) throws InstallationException {
        if (failing) {
            throw new InstallationException("broken on purpose");
        }
        rings.add(ring);
    }

    @Override
    public ConnectionTickets connection(SSLEngine server, ClientAuth mode, ConnectionTickets.Answer answer) {
        return ConnectionTickets.NONE;
    }

    @Override
    public String ticketFormat() {
        return "recorded/1";
    }

    @Override
    public Optional<TicketSeal> sealOf(byte[] ticket) {
        return Optional.empty();
    }
}
