package dev.gangway.testing;

import dev.gangway.KeySource;
import dev.gangway.KeySourceException;

/** An application's own key source, whose content a test sets. */
public final class FixedKeySource implements KeySource {
    private final String name;
    private volatile byte[] content;

    /** @param content null for a source without content */
    public FixedKeySource(String name, byte[] content) {
        this.name = name;
        set(content);
    }

    public void set(byte[] newContent) {
        content = newContent == null ? null : newContent.clone();
    }

    @Override
    public byte[] read() throws KeySourceException {
        byte[] present = content;
        if (present == null) {
            throw new KeySourceException(name + " has no keys");
        }
        return present.clone();
    }

    @Override
    public String name() {
        return name;
    }
}
