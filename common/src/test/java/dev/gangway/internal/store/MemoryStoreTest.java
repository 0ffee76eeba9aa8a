package dev.gangway.internal.store;

import dev.gangway.KeysetStore;
import java.time.InstantSource;

/** The store of the other tests is a store too. */
class MemoryStoreTest extends KeysetStoreContract {
    private final MemoryStore store = new MemoryStore(InstantSource.system());

    @Override
    protected KeysetStore open() {
        return store;
    }
}
