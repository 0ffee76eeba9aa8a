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
    // A store that tells all nodes of a change at the same instant is not read by all of them at the same instant.
    private static final long LONGEST_DELAY_MILLIS = 500;
    // A store that usually tells of changes is read this often while it cannot.
    private static final Duration LONGEST_UNTOLD = Duration.ofSeconds(5);

    private final Path file;
    private final StoreSession session;
    private final Pause pause;
    // Written by close() in another thread.
    private volatile byte[] lastContent = new byte[0];

    private StoreKeySource(Path file, StoreSession session, Pause pause) {
        this.file = file;
        this.session = session;
        this.pause = pause;
    }

    /** The waits of a source. */
    interface Pause {
        /** A random part of a duration, from 0 to 1. */
        double part();

        /** The time that {@link #sleep} takes. */
        long nanoTime();

        void sleep(long nanos) throws InterruptedException;
    }

    /** @param defaultPeriod how long each key of the first keyset seals, if the file does not say it */
    public static StoreKeySource of(Path file, Allow allow, TicketPolicy policy, Duration defaultPeriod) {
        return of(file, allow, policy, defaultPeriod, new RealPause());
    }

    static StoreKeySource of(Path file, Allow allow, TicketPolicy policy, Duration defaultPeriod, Pause pause) {
        return new StoreKeySource(file, new StoreSession(file, allow, policy, defaultPeriod), pause);
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
        long nanos = (long) (pollInterval.toNanos() * (1 - JITTER * pause.part()));
        long end = pause.nanoTime() + nanos;
        pause.sleep(TimeUnit.MILLISECONDS.toNanos(SHORTEST_PAUSE_MILLIS));
        try {
            session.awaitChange(Duration.ofNanos(left(end)));
            pause.sleep(
                    Math.min(left(end), (long) (TimeUnit.MILLISECONDS.toNanos(LONGEST_DELAY_MILLIS) * pause.part())));
        } catch (KeysetStoreException | RuntimeException e) {
            // A change may have been missed. If the store is gone, the next read reports it.
            pause.sleep(Math.min(left(end), (long) (LONGEST_UNTOLD.toNanos() * (1 - JITTER * pause.part()))));
        }
    }

    private long left(long end) {
        return Math.max(0, end - pause.nanoTime());
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

    private static final class RealPause implements Pause {
        @Override
        public double part() {
            return ThreadLocalRandom.current().nextDouble();
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    }
}
