package dev.gangway.internal.engine.conscrypt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** Memory with the layout of BoringSSL's allocator: blocks with a prefix that contains the size, and no other memory. */
final class FakeMemory implements Memory {
    private final TreeMap<Long, byte[]> blocks = new TreeMap<>();

    /** A block of {@code length} bytes at {@code address}, with the prefix {@code length}. */
    ByteBuffer allocate(long address, int length) {
        return allocate(address, length, length);
    }

    /** A block with another length in its prefix. */
    ByteBuffer allocate(long address, int length, long prefix) {
        byte[] block = new byte[length + Long.BYTES];
        blocks.put(address - Long.BYTES, block);
        ByteBuffer whole = ByteBuffer.wrap(block).order(ByteOrder.nativeOrder());
        whole.putLong(0, prefix);
        return whole.slice(Long.BYTES, length).order(ByteOrder.nativeOrder());
    }

    @Override
    public byte[] read(long address, int length) throws IOException {
        byte[] bytes = new byte[length];
        at(address, length).get(bytes);
        return bytes;
    }

    @Override
    public void write(long address, byte[] bytes) throws IOException {
        at(address, bytes.length).put(bytes);
    }

    private ByteBuffer at(long address, int length) throws IOException {
        Map.Entry<Long, byte[]> block = blocks.floorEntry(address);
        if (block == null || address + length > block.getKey() + block.getValue().length) {
            throw new IOException("Input/output error");
        }
        return ByteBuffer.wrap(block.getValue(), (int) (address - block.getKey()), length);
    }
}
