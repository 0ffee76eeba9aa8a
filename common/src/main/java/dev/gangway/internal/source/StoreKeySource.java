package dev.gangway.internal.source;

import dev.gangway.KeySourceException;
import dev.gangway.KeysetStoreException;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.store.StoreSession;
import dev.gangway.internal.store.StoreStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Keys in a store that all nodes share, and that the nodes rotate themselves. The properties file is read at each poll, so
 * that a new password or wrapping key needs no restart.
 */
public final class StoreKeySource implements KeysetSource {
    // Nodes that were started at the same instant do not read at the same instant for long.
    private static final double JITTER = 0.25;
    private static final long SHORTEST_PAUSE_MILLIS = 20;

    private final Path file;
    private final StoreSession session;
    // Written by close() in another thread.
    private volatile byte[] lastContent = new byte[0];

    private StoreKeySource(Path file, StoreSession session) {
        this.file = file;
        this.session = session;
    }

    /** @param defaultPeriod how long each key of the first keyset seals, if the file does not say it */
    public static StoreKeySource of(Path file, Allow allow, TicketPolicy policy, Duration defaultPeriod) {
        return new StoreKeySource(file, new StoreSession(file, allow, policy, defaultPeriod));
    }

    @Override
    public Optional<Keyset> loadIfChanged(Instant now) throws KeySourceException {
        Optional<KeySourceException> fault = session.poll(now);
        byte[] content = session.content().orElse(lastContent);
        boolean isNews = !Arrays.equals(content, lastContent);
        if (isNews && (fault.isEmpty() || session.isUsable(now))) {
            Keyset keyset = session.keyset();
            lastContent = content;
            return Optional.of(keyset);
        }
        if (fault.isPresent()) {
            throw fault.get();
        }
        return Optional.empty();
    }

    @Override
    public void forgetLast() {
        lastContent = new byte[0];
    }

    @Override
    public void awaitNextRead(Duration pollInterval) throws InterruptedException {
        double part = 1 - JITTER * ThreadLocalRandom.current().nextDouble();
        long nanos = (long) (pollInterval.toNanos() * part);
        long end = System.nanoTime() + nanos;
        TimeUnit.MILLISECONDS.sleep(SHORTEST_PAUSE_MILLIS);
        try {
            session.awaitChange(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        } catch (KeysetStoreException | RuntimeException e) {
            // The next read reports why.
            TimeUnit.NANOSECONDS.sleep(Math.max(0, end - System.nanoTime()));
        }
    }

    @Override
    public Optional<StoreStatus> storeStatus() {
        return session.status();
    }

    @Override
    public void close() {
        session.close();
        lastContent = new byte[0];
    }

    @Override
    public String describe() {
        return "store:" + file;
    }
}
