package dev.gangway.internal.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Buffers for one call, on the heap or direct, with any position and limit in larger memory. A call must not change the
 * memory around them.
 */
final class ScatteredBuffers {
    private static final int MOST_BUFFERS = 4;
    private static final byte UNTOUCHED = 0x5a;

    private final List<ByteBuffer> buffers = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();

    private ScatteredBuffers() {}

    /** One buffer with {@code content}. */
    static ScatteredBuffers one(Random random, byte[] content) {
        return new ScatteredBuffers().add(random, content);
    }

    /** Up to four buffers, some of them empty, which together contain {@code content}. */
    static ScatteredBuffers some(Random random, byte[] content) {
        ScatteredBuffers scattered = new ScatteredBuffers();
        int from = 0;
        for (int more = random.nextInt(MOST_BUFFERS); more > 0; more--) {
            int length = random.nextInt(content.length - from + 1);
            scattered.add(random, Arrays.copyOfRange(content, from, from + length));
            from += length;
        }
        return scattered.add(random, Arrays.copyOfRange(content, from, content.length));
    }

    private ScatteredBuffers add(Random random, byte[] content) {
        int before = random.nextInt(10);
        int size = before + content.length + random.nextInt(10);
        ByteBuffer buffer = random.nextBoolean() ? ByteBuffer.allocate(size) : ByteBuffer.allocateDirect(size);
        int end = before + content.length;
        buffer.put(untouched(before)).put(content).put(untouched(size - end));
        buffers.add(buffer.limit(end).position(before));
        starts.add(before);
        ends.add(end);
        return this;
    }

    ByteBuffer first() {
        return buffers.get(0);
    }

    ByteBuffer[] array() {
        return buffers.toArray(ByteBuffer[]::new);
    }

    /** The same buffers between two others, for a call with an offset of 1. */
    ByteBuffer[] between(ScatteredBuffers before, ScatteredBuffers after) {
        List<ByteBuffer> all = new ArrayList<>(List.of(before.first()));
        all.addAll(buffers);
        all.add(after.first());
        return all.toArray(ByteBuffer[]::new);
    }

    int count() {
        return buffers.size();
    }

    /** The total change of the positions. */
    int moved() {
        int moved = 0;
        for (int i = 0; i < buffers.size(); i++) {
            moved += buffers.get(i).position() - starts.get(i);
        }
        return moved;
    }

    /** The bytes before the positions. */
    byte[] passed() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < buffers.size(); i++) {
            ByteBuffer passed = buffers.get(i).duplicate();
            passed.flip().position(starts.get(i));
            byte[] bytes = new byte[passed.remaining()];
            passed.get(bytes);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    /** Whether limits are unchanged, positions are within them, buffers are filled in order, and nothing else has changed. */
    boolean areSound() {
        boolean isFull = true;
        for (int i = 0; i < buffers.size(); i++) {
            ByteBuffer buffer = buffers.get(i);
            boolean isMoved = buffer.position() > starts.get(i);
            if (buffer.limit() != ends.get(i) || buffer.position() < starts.get(i) || (isMoved && !isFull)) {
                return false;
            }
            isFull &= !buffer.hasRemaining();
            ByteBuffer whole = buffer.duplicate().clear();
            if (!isUntouched(whole.slice(0, starts.get(i)))
                    || !isUntouched(whole.slice(ends.get(i), whole.capacity() - ends.get(i)))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUntouched(ByteBuffer part) {
        return part.equals(ByteBuffer.wrap(untouched(part.capacity())));
    }

    private static byte[] untouched(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, UNTOUCHED);
        return bytes;
    }
}
