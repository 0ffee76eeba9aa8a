package dev.gangway.testing;

import dev.gangway.engine.ConnectionTickets;
import dev.gangway.engine.Installation;
import dev.gangway.engine.InstallationException;
import dev.gangway.engine.TicketSeal;
import dev.gangway.keys.KeyRing;
import dev.gangway.keys.Scope.ClientAuth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/** An installation that keeps the rings it is given. */
public class RecordingInstallation implements Installation {
    public final List<KeyRing> rings = new ArrayList<>();
    public boolean failing;

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
    public Optional<TicketSeal> sealOf(byte[] ticket) {
        return Optional.empty();
    }
}
