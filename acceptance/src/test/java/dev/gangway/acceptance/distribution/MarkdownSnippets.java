package dev.gangway.acceptance.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fenced blocks of one section of a Markdown file. */
final class MarkdownSnippets {
    private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

    private final String section;

    private MarkdownSnippets(String section) {
        this.section = section;
    }

    /**
     * @param file in the repository, such as {@code README.md}
     * @param heading such as {@code ## Tomcat}; its section ends at the next heading of that level
     */
    static MarkdownSnippets of(String file, String heading) throws IOException {
        Path path = RepositoryFiles.ROOT.resolve(file);
        String level = heading.substring(0, heading.indexOf(' ') + 1);
        Matcher section = Pattern.compile(
                        "(?ms)^" + Pattern.quote(heading) + "$(.*?)(?=^" + Pattern.quote(level) + "|\\z)")
                .matcher(Files.readString(path));
        if (!section.find()) {
            throw new IOException(file + " has no section '" + heading + "'");
        }
        return new MarkdownSnippets(section.group(1));
    }

    /** The section without its heading. */
    String text() {
        return section;
    }

    /** The blocks in this language, in order. */
    List<String> in(String language) {
        return FENCED.matcher(section)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }
}
