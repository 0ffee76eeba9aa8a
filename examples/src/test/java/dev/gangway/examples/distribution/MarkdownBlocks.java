package dev.gangway.examples.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The fenced blocks of a page in this repository, as a reader copies them. */
final class MarkdownBlocks {
    private MarkdownBlocks() {}

    /**
     * The blocks in a section, in order.
     *
     * @param page such as {@code README.md}
     * @param heading of the section, without its marks; it ends at the next heading of level two
     * @param language of the blocks
     */
    static List<String> in(String page, String heading, String language) throws IOException {
        String text = Files.readString(RepositoryFiles.ROOT.resolve(page));
        String[] sections = text.split("(?m)^## ", -1);
        for (String section : sections) {
            if (section.startsWith(heading + "\n")) {
                return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
                        .matcher(section)
                        .results()
                        .map((MatchResult block) -> block.group(1))
                        .toList();
            }
        }
        throw new IOException(page + " has no section '" + heading + "'");
    }
}
