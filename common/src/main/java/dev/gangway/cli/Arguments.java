package dev.gangway.cli;

import dev.gangway.keys.Durations;
import dev.gangway.source.KeySources;
import dev.gangway.source.KeySources.KeyFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code keys VERB TARGET [--option=value …]}, taken apart. */
record Arguments(String verb, String target, Map<String, String> options) {
    /** Who, besides its owner, may read the file: an option of every verb. */
    private static final String ALLOW = "allow";

    /** @throws IllegalArgumentException if it is not of that form */
    static Arguments parse(String... args) {
        List<String> words = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (!arg.startsWith("--")) {
                words.add(arg);
            } else if (equals < 0) {
                throw new IllegalArgumentException("option " + arg + " needs a value: " + arg + "=…");
            } else if (options.put(arg.substring(2, equals), arg.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("option " + arg.substring(0, equals) + " is given twice");
            }
        }
        if (words.size() != 3 || !words.get(0).equals("keys")) {
            throw new IllegalArgumentException("expected 'keys VERB FILE'");
        }
        return new Arguments(words.get(1), words.get(2), Map.copyOf(options));
    }

    /** @throws IllegalArgumentException if any other option is given */
    void allow(String... known) {
        for (String option : options.keySet()) {
            if (!option.equals(ALLOW) && !Set.of(known).contains(option)) {
                throw new IllegalArgumentException("'keys " + verb + "' has no option --" + option);
            }
        }
    }

    /** The target as a server's setting {@code keys}: a path alone is that of a key file. */
    String setting() {
        boolean isSetting = Stream.of("file:", "derived:", "random:").anyMatch(target::startsWith);
        String setting = isSetting ? target : "file:" + target;
        return Optional.ofNullable(options.get(ALLOW))
                .map(allow -> setting + (setting.contains("?") ? "&" : "?") + "allow=" + allow)
                .orElse(setting);
    }

    /** The target as a file that is to be written. */
    KeyFile file() {
        return KeySources.keyFile(setting());
    }

    Optional<Duration> duration(String option) {
        return Optional.ofNullable(options.get(option)).map(text -> Durations.parse("--" + option, text));
    }
}
