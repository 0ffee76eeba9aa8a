package dev.gangway.testing;

import dev.gangway.keyfile.KeyFileException;
import dev.gangway.keys.Keyset;
import dev.gangway.keys.ScheduledKeyset;
import dev.gangway.keys.SecretBytes;
import dev.gangway.keys.TicketKey;
import dev.gangway.keys.WeakKeyException;
import dev.gangway.source.KeySource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A source whose keys and faults a test sets. Each load gives fresh copies of the secrets, as reading a file would. */
public class FixedSource implements KeySource {
    // A test sets them, and a thread of its manager reads them.
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
    public Optional<Keyset> loadIfChanged(Instant now) throws KeyFileException {
        if (fault.isPresent()) {
            throw new KeyFileException(fault.get());
        }
        if (!changed) {
            return Optional.empty();
        }
        changed = false;
        return Optional.of(keyset(keys));
    }

    @Override
    public void offerAgain() {
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
