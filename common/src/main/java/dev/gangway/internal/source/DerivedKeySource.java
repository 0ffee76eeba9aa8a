package dev.gangway.internal.source;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keyfile.SafeFileReader;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keys.EpochKeys;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.MasterSecret;
import dev.gangway.internal.keys.ScheduledKeyset;
import dev.gangway.internal.keys.SecretBytes;
import dev.gangway.internal.keys.Sha256;
import dev.gangway.internal.keys.WeakKeyException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Keys derived from one master secret and the clock, see {@link EpochKeys}. All nodes have the same file, which needs
 * no rotation. To invalidate all tickets at once, replace the file.
 */
public final class DerivedKeySource implements KeysetSource {
    private final Path file;
    private final Allow allow;
    private final EpochKeys epochs;
    private byte[] lastDigest = new byte[0];
    private long lastEpoch;

    private DerivedKeySource(Path file, Allow allow, EpochKeys epochs) {
        this.file = file;
        this.allow = allow;
        this.epochs = epochs;
    }

    /** @param file at least 32 random bytes, used unchanged */
    public static DerivedKeySource of(Path file, Allow allow, EpochKeys epochs) {
        return new DerivedKeySource(file, allow, epochs);
    }

    @Override
    public Optional<Keyset> loadIfChanged(Instant now) throws KeySourceException {
        byte[] content = SafeFileReader.read(file, allow, "umask 077; openssl rand 32 > " + file);
        try {
            byte[] digest = Sha256.of(content);
            long epoch = epochs.epochAt(now);
            if (epoch == lastEpoch && Arrays.equals(digest, lastDigest)) {
                return Optional.empty();
            }
            Keyset keyset = derive(content, epoch);
            lastDigest = digest;
            lastEpoch = epoch;
            return Optional.of(keyset);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    @Override
    public void forgetLast() {
        lastDigest = new byte[0];
    }

    @Override
    public String describe() {
        return "derived:" + file;
    }

    private Keyset derive(byte[] content, long epoch) throws KeySourceException {
        SecretBytes master = MasterSecret.of(content, "master secret " + file);
        try {
            return ScheduledKeyset.of(epochs.keysFor(epoch, master));
        } catch (WeakKeyException e) {
            throw new KeySourceException("master secret " + file + ": " + e.getMessage(), e);
        } finally {
            master.destroy();
        }
    }
}
