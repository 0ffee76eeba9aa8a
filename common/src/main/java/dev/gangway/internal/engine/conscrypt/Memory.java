package dev.gangway.internal.engine.conscrypt;

import java.io.IOException;

/** The address space of this process. A bad address is an {@code IOException}, never a crash. */
interface Memory {
    /** @return exactly {@code length} bytes */
    byte[] read(long address, int length) throws IOException;

    void write(long address, byte[] bytes) throws IOException;
}
