package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An operator who searches the documents for a message finds it: each message that they quote exists. */
class MessagesInDocumentsTest {
    private static final List<String> MODULES =
            List.of("common", "jetty-module", "tomcat-module", "spring-boot-starter");
    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| `.*?(?<!\\\\)\\|");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    // Between two parts of a literal, and what stands for a value.
    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern VALUES = Pattern.compile("\\$\\{…}|…|\\d+h|'\\S*'|rw-r--r--|none");

    @ParameterizedTest
    @CsvSource({"docs/jetty.md,## If it does not start", "docs/tomcat.md,## When it does not start"})
    void table_eachMessage_isOneOfTheCode(String file, String heading) throws IOException {
        String code = code();
        List<String> unknown = new ArrayList<>();
        List<String> messages = messages(MarkdownSnippets.of(file, heading).text());
        for (String message : messages) {
            VALUES.splitAsStream(message)
                    .map(String::strip)
                    .filter(part -> !code.contains(part))
                    .forEach(part -> unknown.add(message + ": " + part));
        }

        assertThat(messages).hasSizeGreaterThan(8);
        assertThat(unknown).isEmpty();
    }

    private static List<String> messages(String section) {
        return FIRST_CELL
                .matcher(section)
                .results()
                .flatMap(cell -> QUOTED.matcher(cell.group()).results().map(quoted -> quoted.group(1)))
                .toList();
    }

    private static String code() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String module : MODULES) {
            try (Stream<Path> files =
                    Files.walk(RepositoryFiles.ROOT.resolve(module).resolve("src/main"))) {
                all.append(files.filter(path -> path.toString().endsWith(".java"))
                        .map(MessagesInDocumentsTest::content)
                        .collect(Collectors.joining("\n")));
            }
        }
        return JOINED.matcher(all).replaceAll("").replace("\\\"", "\"");
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
