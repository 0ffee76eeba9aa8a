package dev.gangway.internal.engine.jdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * A class file without its line numbers, which also change when code above is edited. The Java Virtual Machine Specification,
 * chapter 4, defines the format.
 */
final class ClassWithoutLines {
    private static final int MAGIC = 0xcafebabe;
    private static final Set<String> LEFT_OUT =
            Set.of("LineNumberTable", "LocalVariableTable", "LocalVariableTypeTable");

    private final ByteBuffer file;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private String[] texts = new String[0];
    private int keptUpTo;

    private ClassWithoutLines(byte[] file) {
        this.file = ByteBuffer.wrap(file);
    }

    /** {@code file} itself if it is not understood. */
    static byte[] of(byte[] file) {
        try {
            return new ClassWithoutLines(file).read();
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return file;
        }
    }

    private byte[] read() {
        if (file.getInt() != MAGIC) {
            throw new IllegalArgumentException("no class file");
        }
        skip(4);
        readConstants();
        skip(6);
        skip(2 * unsignedShort());
        readMembers();
        readMembers();
        readAttributes();
        keepUpTo(file.position());
        if (file.hasRemaining()) {
            throw new IllegalArgumentException("bytes at the end");
        }
        return kept.toByteArray();
    }

    private void readConstants() {
        texts = new String[unsignedShort()];
        for (int i = 1; i < texts.length; i++) {
            int tag = file.get();
            switch (tag) {
                case 1 -> {
                    byte[] text = new byte[unsignedShort()];
                    file.get(text);
                    texts[i] = new String(text, UTF_8);
                }
                case 3, 4, 9, 10, 11, 12, 17, 18 -> skip(4);
                case 5, 6 -> {
                    skip(8);
                    i++;
                }
                case 7, 8, 16, 19, 20 -> skip(2);
                case 15 -> skip(3);
                default -> throw new IllegalArgumentException("constant " + tag);
            }
        }
    }

    private void readMembers() {
        for (int left = unsignedShort(); left > 0; left--) {
            skip(6);
            readAttributes();
        }
    }

    private void readAttributes() {
        for (int left = unsignedShort(); left > 0; left--) {
            int start = file.position();
            String name = text(unsignedShort());
            int length = file.getInt();
            int end = file.position() + length;
            if (name.equals("Code")) {
                skip(4);
                skip(file.getInt());
                skip(8 * unsignedShort());
                readAttributes();
            } else {
                skip(length);
            }
            if (file.position() != end) {
                throw new IllegalArgumentException("attribute of another length");
            }
            if (LEFT_OUT.contains(name)) {
                keepUpTo(start);
                keptUpTo = end;
            }
        }
    }

    private String text(int at) {
        String text = texts[at];
        if (text == null) {
            throw new IllegalArgumentException("constant " + at + " is no text");
        }
        return text;
    }

    private void keepUpTo(int end) {
        kept.write(file.array(), keptUpTo, end - keptUpTo);
        keptUpTo = end;
    }

    private int unsignedShort() {
        return Short.toUnsignedInt(file.getShort());
    }

    private void skip(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("length " + length);
        }
        file.position(file.position() + length);
    }
}
