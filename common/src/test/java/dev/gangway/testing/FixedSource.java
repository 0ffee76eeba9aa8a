package dev.gangway.testing;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.ScheduledKeyset;
import dev.gangway.internal.keys.SecretBytes;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.WeakKeyException;
import dev.gangway.internal.source.KeysetSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A source with keys and faults that a test sets. Each load returns new copies of the secrets, like a file. */
public class FixedSource implements KeysetSource {
    // Set by a test, and read by a thread of its manager.
    private volatile List<TicketKey> keys;
    private volatile boolean changed = true;
    private volatile Optional<String> fault = Optional.empty();

    public FixedSource(List<TicketKey> keys) {
        this.keys = List.copyOf(keys);
    }

    public void set(List<TicketKey> newKeys) {
        keys = List.copyOf(newKeys);
        changed = true;
    }

    public void fail(String reason) {
        fault = Optional.of(reason);
    }

    public void recover() {
        fault = Optional.empty();
    }

    @Override
    public Optional<Keyset> loadIfChanged(Instant now) throws KeySourceException {
        if (fault.isPresent()) {
            throw new KeySourceException(fault.get());
        }
        if (!changed) {
            return Optional.empty();
        }
        changed = false;
        return Optional.of(keyset(keys));
    }

    @Override
    public void forgetLast() {
        changed = true;
    }

    @Override
    public String describe() {
        return "fixed:";
    }

    /** A keyset of copies of {@code keys}. */
    public static Keyset keyset(List<TicketKey> keys) {
        try {
            return ScheduledKeyset.of(keys.stream()
                    .map(key -> TicketKey.scheduled(
                            key.name(),
                            SecretBytes.copyOf(key.secret().copy()),
                            key.times().orElseThrow()))
                    .toList());
        } catch (WeakKeyException e) {
            throw new AssertionError(e);
        }
    }
}
