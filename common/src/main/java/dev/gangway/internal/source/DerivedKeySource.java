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
import java.nio.ByteBuffer;
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
    private final LastContent last = new LastContent();

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
            long epoch = epochs.epochAt(now);
            return last.ifChanged(digest(content, epoch), () -> derive(content, epoch));
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    @Override
    public void forgetLast() {
        last.forget();
    }

    @Override
    public String describe() {
        return "derived:" + file;
    }

    private static byte[] digest(byte[] content, long epoch) {
        byte[] digest = Sha256.of(content);
        return ByteBuffer.allocate(digest.length + Long.BYTES)
                .put(digest)
                .putLong(epoch)
                .array();
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
