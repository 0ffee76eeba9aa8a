package dev.gangway.acceptance.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of this repository that a user of a distribution reads or copies. */
final class RepositoryFiles {
    /** Tests run in the directory of their module. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final Pattern REVISION = Pattern.compile("<revision>([^<]+)</revision>");

    private RepositoryFiles() {}

    /** The version of this build. */
    static String version() throws IOException {
        Matcher version = REVISION.matcher(Files.readString(ROOT.resolve("pom.xml")));
        if (!version.find()) {
            throw new IOException("no version in " + ROOT.resolve("pom.xml"));
        }
        return version.group(1);
    }
}
