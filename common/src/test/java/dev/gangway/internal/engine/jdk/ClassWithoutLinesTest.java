package dev.gangway.internal.engine.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassWithoutLinesTest {
    private static final int[] CHANGES = {1, 2, 0x10, 0x80, 0xff};
    // Name and length.
    private static final int ATTRIBUTE_HEADER = Short.BYTES + Integer.BYTES;
    private static final String CODE = "class A { long add(int a, int b) { long sum = a + b; return sum; } }";

    @TempDir
    Path folder;

    @Test
    void sameCode_onOtherLinesWithOtherComments_isEqual() throws Exception {
        byte[] first = compile("first", CODE);
        byte[] second = compile("second", "/*\n\n*/ " + CODE.replace("{", "{\n// why\n"));

        assertThat(first).isNotEqualTo(second);
        assertThat(ClassWithoutLines.of(first)).isEqualTo(ClassWithoutLines.of(second));
    }

    @Test
    void otherCode_isNotEqual() throws Exception {
        byte[] first = ClassWithoutLines.of(compile("first", CODE));

        for (String other : List.of(
                CODE.replace("a + b", "a - b"),
                CODE.replace("int b", "long b"),
                CODE.replace("long add", "static long add"),
                CODE.replace("long sum", "final int unused = 1; long sum"))) {
            byte[] bytes = compile("other-" + other.hashCode(), other);
            assertThat(ClassWithoutLines.of(bytes)).as(other).isNotEqualTo(first);
        }
    }

    @Test
    void bytesThatAreNoClassFile_stayAsTheyAre() throws Exception {
        byte[] file = compile("first", CODE);

        for (int length = 0; length < file.length; length++) {
            byte[] cutOff = Arrays.copyOf(file, length);
            assertThat(ClassWithoutLines.of(cutOff)).isSameAs(cutOff);
        }
        byte[] longer = Arrays.copyOf(file, file.length + 1);
        assertThat(ClassWithoutLines.of(longer)).isSameAs(longer);
    }

    /** Every change other than of line numbers makes a difference, or the class cannot be parsed. */
    @Test
    void anyChangedByte_outsideTheTables_makesADifference() throws Exception {
        byte[] file;
        try (InputStream stream = ClassWithoutLines.class.getResourceAsStream("ClassWithoutLines.class")) {
            file = stream.readAllBytes();
        }
        byte[] expected = ClassWithoutLines.of(file);
        BitSet ignored = new BitSet();
        BitSet ignoredOnce = new BitSet();
        for (int at = 0; at < file.length; at++) {
            int equal = 0;
            for (int change : CHANGES) {
                byte[] changed = file.clone();
                changed[at] ^= (byte) change;
                equal += Arrays.equals(ClassWithoutLines.of(changed), expected) ? 1 : 0;
            }
            ignored.set(at, equal == CHANGES.length);
            ignoredOnce.set(at, equal > 0);
        }
        int leftOut = 0;
        for (int start = ignored.nextSetBit(0); start >= 0; start = ignored.nextSetBit(start)) {
            int end = ignored.nextClearBit(start);
            assertThat(ByteBuffer.wrap(file).getInt(start - Integer.BYTES))
                    .as("the length of the table at " + start)
                    .isEqualTo(end - start);
            // A changed name in the header may be that of another of the tables.
            ignoredOnce.clear(start - ATTRIBUTE_HEADER, end);
            leftOut += ATTRIBUTE_HEADER + end - start;
            start = end;
        }
        assertThat(leftOut).isPositive().isEqualTo(file.length - expected.length);
        assertThat(ignoredOnce.stream()).isEmpty();
    }

    private byte[] compile(String name, String code) throws IOException {
        Path source =
                Files.writeString(Files.createDirectory(folder.resolve(name)).resolve("A.java"), code);
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-g", source.toString());
        assertThat(failed).isZero();
        return Files.readAllBytes(source.resolveSibling("A.class"));
    }
}
