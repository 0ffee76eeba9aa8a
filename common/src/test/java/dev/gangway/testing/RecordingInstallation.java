package dev.gangway.testing;

import dev.gangway.engine.Installation;
import dev.gangway.engine.InstallationException;
import dev.gangway.keys.KeyRing;
import java.util.ArrayList;
import java.util.List;

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
    public boolean sealedWithSharedKey(byte[] ticket) {
        return false;
    }
}
