package dev.gangway.testing;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.TicketKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Returns at once the first time, and later only when {@code diskIsBack}. */
public final class HangingSource extends FixedSource {
    private final CountDownLatch asked;
    private final CountDownLatch diskIsBack;
    private boolean first = true;

    /** @param asked counted down when a thread starts to wait for {@code diskIsBack} */
    public HangingSource(List<TicketKey> keys, CountDownLatch asked, CountDownLatch diskIsBack) {
        super(keys);
        this.asked = asked;
        this.diskIsBack = diskIsBack;
    }

    @Override
    public Optional<Keyset> loadIfChanged(Instant now) throws KeySourceException {
        if (!first) {
            asked.countDown();
            try {
                diskIsBack.await();
            } catch (InterruptedException e) {
                throw new KeySourceException("interrupted", e);
            }
        }
        first = false;
        return super.loadIfChanged(now);
    }
}
