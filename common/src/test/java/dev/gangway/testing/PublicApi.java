package dev.gangway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * The public API of one module as text, in the file {@code api.txt} of the module, so that every change is visible. It is
 * the output of {@code javap} for the public and protected members of all public types outside of packages named {@code
 * internal}.
 */
public final class PublicApi {
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path KEPT = Path.of("api.txt");
    private static final Path PRESENT = Path.of("target/api.txt");

    private PublicApi() {}

    /** Asserts that {@code api.txt} is the API of the module whose tests run now. */
    public static void requireAsKept() throws IOException {
        String present = text();
        Files.writeString(PRESENT, present);
        assertThat(present)
                .as(
                        "the public API is another than %s tells; if that is meant, tell it in CHANGELOG.md, and copy %s over it",
                        KEPT.toAbsolutePath(), PRESENT.toAbsolutePath())
                .isEqualToNormalizingNewlines(Files.readString(KEPT));
        assertThat(present.lines())
                .as("what users see names nothing internal")
                .noneMatch(line -> line.contains(".internal."));
    }

    private static String text() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-protected", "-cp", CLASSES.toString()));
        try (Stream<Path> files = Files.walk(CLASSES.resolve("dev/gangway"))) {
            files.map(CLASSES::relativize)
                    .map(Path::toString)
                    .filter(name ->
                            name.endsWith(".class") && !name.contains("/internal/") && !name.endsWith("-info.class"))
                    .map(name -> name.replace('/', '.').substring(0, name.length() - ".class".length()))
                    .sorted()
                    .forEach(arguments::add);
        }
        StringWriter out = new StringWriter();
        int exit = ToolProvider.findFirst("javap")
                .orElseThrow()
                .run(new PrintWriter(out), new PrintWriter(out), arguments.toArray(new String[0]));
        assertThat(exit).as(out.toString()).isZero();
        return publicTypes(out.toString());
    }

    // javap prints a type in lines of which the first is its declaration, and the last a brace.
    private static String publicTypes(String all) {
        StringBuilder text = new StringBuilder();
        boolean isPublic = false;
        for (String line : all.lines().toList()) {
            if (line.startsWith("Compiled from")) {
                continue;
            }
            if (!line.startsWith(" ") && !line.equals("}")) {
                isPublic = line.startsWith("public ") || line.startsWith("protected ");
            }
            if (isPublic) {
                text.append(line).append('\n');
            }
        }
        return text.toString();
    }
}
