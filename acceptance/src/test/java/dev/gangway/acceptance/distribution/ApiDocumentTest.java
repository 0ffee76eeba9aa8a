package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The code in docs/api.md compiles unchanged, each block within a method. */
class ApiDocumentTest {
    @TempDir
    Path folder;

    @TestFactory
    List<DynamicTest> codeOfTheDocument_asItStands_compiles() throws IOException {
        List<String> blocks =
                MarkdownSnippets.of("docs/api.md", "# The API for applications").in("java");
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(4);
        return blocks.stream()
                .map(block -> DynamicTest.dynamicTest(firstLineOfCode(block), () -> requireCompiles(block)))
                .toList();
    }

    private void requireCompiles(String block) throws Exception {
        String imports = block.lines().filter(ApiDocumentTest::isImport).collect(Collectors.joining("\n"));
        String code = block.lines().filter(line -> !isImport(line)).collect(Collectors.joining("\n"));
        String source = imports + "\npublic class Snippet {\n    public static void run() throws Exception {\n" + code
                + "\n    }\n}\n";
        try (CompiledSnippet compiled = CompiledSnippet.of(Files.createTempDirectory(folder, "block"), source)) {
            assertThat(compiled).isNotNull();
        }
    }

    private static String firstLineOfCode(String block) {
        return block.lines()
                .filter(line -> !isImport(line) && !line.isBlank())
                .findFirst()
                .orElseThrow();
    }

    private static boolean isImport(String line) {
        return line.startsWith("import ");
    }
}
