package dev.gangway.internal.engine.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassWithoutLinesTest {
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
    void anyChangedByte_endsWithoutAnError() throws Exception {
        byte[] file;
        try (InputStream stream = ClassWithoutLines.class.getResourceAsStream("ClassWithoutLines.class")) {
            file = stream.readAllBytes();
        }
        for (int at = 0; at < file.length; at++) {
            for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
                byte[] changed = file.clone();
                changed[at] = (byte) value;
                assertThat(ClassWithoutLines.of(changed).length).isLessThanOrEqualTo(file.length);
            }
        }
    }

    private byte[] compile(String name, String code) throws IOException {
        Path source =
                Files.writeString(Files.createDirectory(folder.resolve(name)).resolve("A.java"), code);
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-g", source.toString());
        assertThat(failed).isZero();
        return Files.readAllBytes(source.resolveSibling("A.class"));
    }
}
