package dev.gangway.internal.cli;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.Durations;
import dev.gangway.internal.keys.NearestName;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.source.KeysSetting;
import dev.gangway.internal.source.KeysSetting.KeyFile;
import dev.gangway.internal.store.StoreEditor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The parsed arguments {@code keys VERB TARGET [--option=value …]}. */
record Arguments(String verb, String target, Map<String, String> options) {
    private static final String COMMAND = "keys";
    private static final List<String> VERBS = List.of("new", "rotate", "show", "check");

    /** The readers, besides the owner, that the file may have: an option of every verb. */
    private static final String ALLOW = "allow";

    /** @throws IllegalArgumentException if the arguments do not have that form */
    static Arguments parse(String... args) {
        List<String> words = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (arg.startsWith("-") && !arg.startsWith("--")) {
                throw new IllegalArgumentException(
                        "'" + arg + "' is not an option; did you mean '--" + arg.substring(1) + "'?");
            }
            if (!arg.startsWith("--")) {
                words.add(arg);
            } else if (equals < 0) {
                throw new IllegalArgumentException("option " + arg + " needs a value: " + arg + "=…");
            } else if (options.put(arg.substring(2, equals), arg.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("option " + arg.substring(0, equals) + " is given twice");
            }
        }
        requireForm(words);
        return new Arguments(words.get(1), words.get(2), Map.copyOf(options));
    }

    private static void requireForm(List<String> words) {
        if (!words.isEmpty() && !words.get(0).equals(COMMAND)) {
            throw new IllegalArgumentException(
                    "'" + words.get(0) + "' is not a command; expected 'keys VERB FILE' or 'probe HOST:PORT …'"
                            + NearestName.hint(words.get(0), List.of(COMMAND, ProbeCommand.NAME)));
        }
        if (words.size() > 1 && !VERBS.contains(words.get(1))) {
            throw new IllegalArgumentException("'" + words.get(1) + "' is not a verb; the verbs are: "
                    + String.join(", ", VERBS) + NearestName.hint(words.get(1), VERBS));
        }
        if (words.size() < 3) {
            throw new IllegalArgumentException("the verb or the file is missing; expected 'keys VERB FILE'");
        }
        if (words.size() > 3) {
            throw new IllegalArgumentException(
                    "'" + words.get(3) + "' is one argument too many; expected 'keys VERB FILE'");
        }
    }

    /** @throws IllegalArgumentException if any other option is given */
    void allow(String... known) {
        List<String> all = Stream.concat(Stream.of(known), Stream.of(ALLOW))
                .map(option -> "--" + option)
                .toList();
        for (String option : options.keySet()) {
            if (!all.contains("--" + option)) {
                throw new IllegalArgumentException("'keys " + verb + "' has no option --" + option + "; it has: "
                        + String.join(", ", all) + NearestName.hint("--" + option, all));
            }
        }
    }

    /** The target as a value of the setting {@code keys}: a bare path means a key file. */
    String setting() {
        // A prefix of one letter is the drive of a Windows path.
        boolean isSetting = target.matches("[A-Za-z]{2,}:.*");
        String setting = isSetting ? target : "file:" + target;
        return Optional.ofNullable(options.get(ALLOW))
                .map(allow -> setting + (setting.contains("?") ? "&" : "?") + "allow=" + allow)
                .orElse(setting);
    }

    /** Whether the target is a store. */
    boolean isStore() {
        return target.startsWith("store:");
    }

    /** The target as a store. */
    StoreEditor openStore() throws KeySourceException {
        KeyFile file = KeysSetting.storeFile(setting());
        return StoreEditor.open(file.path(), file.allow());
    }

    /** The target as the store of servers with {@code policy}. */
    StoreEditor openStore(TicketPolicy policy) throws KeySourceException {
        KeyFile file = KeysSetting.storeFile(setting());
        return StoreEditor.open(file.path(), file.allow(), policy, KeysSetting.defaultPeriod(policy));
    }

    /** The target as a file to be written. */
    KeyFile file() {
        return KeysSetting.keyFile(setting());
    }

    /** The name of a user or group. */
    Optional<String> name(String option) {
        Optional<String> name = Optional.ofNullable(options.get(option));
        if (name.filter(text -> text.isBlank() || text.contains(":")).isPresent()) {
            throw new IllegalArgumentException("--" + option + " '" + name.get()
                    + "' is not a valid name; give one user or group name without ':'");
        }
        return name;
    }

    /**
     * After which time the next key seals.
     *
     * @throws IllegalArgumentException if it is not later than now by the precision of a key's times
     */
    Optional<Duration> timeUntilNextKeySeals() {
        Optional<Duration> in = duration("in");
        if (in.filter(time -> time.compareTo(Duration.ofSeconds(1)) < 0).isPresent()) {
            throw new IllegalArgumentException("--in '" + options.get("in") + "' is less than 1s; give the time after"
                    + " which the next key seals, such as 10m");
        }
        return in;
    }

    Optional<Duration> duration(String option) {
        return Optional.ofNullable(options.get(option)).map(text -> Durations.parse("--" + option, text));
    }
}
