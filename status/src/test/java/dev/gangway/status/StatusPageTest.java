package dev.gangway.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusPageTest {
    private static final Path SOURCES = Path.of("src/main/resources/dev/gangway/status/page");
    private static final Pattern REFERENCE =
            Pattern.compile("(?:src|href)=\"([^\"#:]+)\"|from \"\\./([^\"]+)\"|addressOf\\(\"([^\"]+)\"");

    private final StatusPage page = StatusPage.showing(() -> "{}");

    @Test
    void part_everythingThatTheFilesNeed_isThere() throws Exception {
        for (Path file : sources()) {
            Matcher references = REFERENCE.matcher(Files.readString(file));
            while (references.find()) {
                String name = references.group(1) != null
                        ? references.group(1)
                        : references.group(2) != null ? references.group(2) : references.group(3);
                assertThat(page.part("/" + name)).as("%s in %s", name, file).isPresent();
            }
        }
    }

    @Test
    void part_everyFile_isServedByItsName() throws Exception {
        for (Path file : sources()) {
            String name = file.getFileName().toString();
            assertThat(page.part(name.equals("index.html") ? "/" : "/" + name))
                    .as(name)
                    .hasValueSatisfying(part -> assertThat(part.content()).isNotEmpty());
        }
    }

    @Test
    void files_all_haveNoInlineScriptOrStyleAndNameNoOtherHost() throws Exception {
        for (Path file : sources()) {
            assertThat(Files.readString(file).replace("http://www.w3.org/2000/svg", ""))
                    .as("%s", file)
                    .doesNotContain("http:", "https:", "<style", "style=\"", "onclick=", "innerHTML");
        }
    }

    @Test
    void part_data_isWhatTheSupplierSaysAndIsNotKept() {
        assertThat(page.part("/status.json")).hasValueSatisfying(part -> {
            assertThat(new String(part.content(), StandardCharsets.UTF_8)).isEqualTo("{}");
            assertThat(part.cacheControl()).isEqualTo("no-store");
            assertThat(part.contentType()).isEqualTo("application/json;charset=utf-8");
        });
    }

    @Test
    void part_chartLibrary_comesWithItsLicence() {
        assertThat(page.part("/lib/chart.js-LICENSE.md"))
                .hasValueSatisfying(part -> assertThat(new String(part.content(), StandardCharsets.UTF_8))
                        .contains("Permission is hereby granted"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/index.htm", "/../StatusPage.class", "/lib/", "/lib/../page.css", "//page.css", "/PAGE.CSS"
            })
    void part_anythingElse_isNotThere(String path) {
        assertThat(page.part(path)).isEmpty();
    }

    private static List<Path> sources() throws Exception {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
