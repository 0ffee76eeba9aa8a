package dev.gangway.acceptance.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a base without those that a running server writes. */
final class FolderContents {
    private static final Pattern WRITTEN =
            Pattern.compile("(logs|work|temp|conf/Catalina)(/.*)?|[^/]*\\.log|lib/conscrypt(/.*)?");

    private FolderContents() {}

    /** Each path below {@code folder}, with a number that tells changes of its content. */
    static Map<String, String> of(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = folder.relativize(path).toString();
                if (!WRITTEN.matcher(name).matches()) {
                    boolean isFile = Files.isRegularFile(path);
                    contents.put(name, isFile ? "file " + Arrays.hashCode(Files.readAllBytes(path)) : "folder");
                }
            }
        }
        return contents;
    }
}
