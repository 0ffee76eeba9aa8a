package dev.gangway.internal.source;

import dev.gangway.KeySource;
import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.Sha256;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** Keys that the application reads itself, in one of the formats of a key file. */
public final class ApplicationKeySource implements KeysetSource {
    private final KeySource source;
    private final LastContent last = new LastContent();

    private ApplicationKeySource(KeySource source) {
        this.source = source;
    }

    public static ApplicationKeySource of(KeySource source) {
        return new ApplicationKeySource(Objects.requireNonNull(source, "source"));
    }

    @Override
    public Optional<Keyset> loadIfChanged(Instant now) throws KeySourceException {
        byte[] content = source.read();
        if (content == null) {
            throw new KeySourceException(
                    describe() + " returned null instead of keys; return the content, or throw a KeySourceException");
        }
        try {
            return last.ifChanged(Sha256.of(content), () -> KeyContent.parse(content, describe(), false));
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
        return source.name();
    }
}
