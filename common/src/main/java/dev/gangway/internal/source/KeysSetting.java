package dev.gangway.internal.source;

import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keys.Durations;
import dev.gangway.internal.keys.EpochKeys;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.NearestName;
import dev.gangway.internal.keys.Placeholders;
import dev.gangway.internal.keys.TicketPolicy;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the {@code keys} setting:
 *
 * <ul>
 *   <li>{@code file:PATH}: one keyset file, or one of HAProxy's;
 *   <li>{@code file:PATH,PATH,…}: raw key files in order, the first of which seals;
 *   <li>{@code derived:PATH?period=12h}: keys made from one master secret and the clock, by default
 *       with a period of twice the ticket lifetime, and an hour at least;
 *   <li>{@code random:}: keys made in memory, for one node.
 * </ul>
 *
 * <p>After the path may follow options, the first after {@code ?}, others after {@code &}: {@code allow=group} or {@code
 * allow=anyone} lets a key file be readable by more than its owner; {@code verbatim} uses raw keys byte for byte, without
 * scopes, so that other software with the same files opens the same tickets.
 */
public final class KeysSetting {
    private static final String FORMS =
            "file:PATH (one keyset, or raw key files separated by commas), derived:PATH (a master secret), or random:"
                    + " (one node, keys in memory)";

    private static final List<String> SCHEMES = List.of("file:", "derived:", "random:");
    private static final List<String> OPTIONS = List.of("allow=group", "allow=anyone", "verbatim");
    private static final List<String> OPTIONS_WITH_ANY_VALUE = List.of("period");

    private static final Duration SHORTEST_DEFAULT_PERIOD = Duration.ofHours(1);

    private KeysSetting() {}

    /**
     * @param spec the setting
     * @param policy what self-made keys must suit
     * @throws IllegalArgumentException naming the value and the forms there are
     */
    public static KeysetSource parse(String spec, TicketPolicy policy) {
        Placeholders.requireNone("keys", spec);
        if (spec.equals("random:")) {
            return RandomKeySource.of(
                    new KeyRotation(defaultPeriod(policy), policy.ticketLifetime(), policy.clockSkew()));
        }
        if (spec.startsWith("file:")) {
            return file(spec);
        }
        if (spec.startsWith("derived:")) {
            return derived(spec, policy);
        }
        throw new IllegalArgumentException("keys '" + spec + "' is not understood; it must be " + FORMS + meant(spec));
    }

    private static String meant(String spec) {
        String plain = spec.strip();
        String scheme = plain.substring(0, plain.indexOf(':') + 1);
        if (scheme.isEmpty() && plain.matches("[^?]*[/\\\\.].*")) {
            return "; did you mean 'file:" + plain + "'?";
        }
        return NearestName.hint(scheme.isEmpty() ? plain : scheme, SCHEMES);
    }

    /** One key file, and who besides its owner may read it. */
    public record KeyFile(Path path, Allow allow) {}

    /**
     * The keyset file that a setting names, which is to be written.
     *
     * @param spec the setting
     * @throws IllegalArgumentException if it names anything but one file that can hold a keyset
     */
    public static KeyFile keyFile(String spec) {
        Placeholders.requireNone("keys", spec);
        if (!spec.startsWith("file:")) {
            throw new IllegalArgumentException(
                    "'" + spec + "' is no key file: only a keyset, file:PATH, is made and rotated" + meant(spec));
        }
        Spec parts = Spec.parse(spec);
        if (parts.options().period().isPresent() || parts.options().verbatim()) {
            throw new IllegalArgumentException(
                    "'" + spec + "' has options that a keyset has not; allow=group and" + " allow=anyone exist");
        }
        if (parts.path().contains(",")) {
            throw new IllegalArgumentException("'" + spec + "' names several files; a keyset is one file");
        }
        return new KeyFile(path(parts.path(), spec), parts.options().allow());
    }

    private static KeyFileSource file(String spec) {
        Spec parts = Spec.parse(spec);
        if (parts.options().period().isPresent()) {
            throw new IllegalArgumentException("keys '" + spec + "' has the option period, which derived: knows");
        }
        List<Path> files = Arrays.stream(parts.path().split(",", -1))
                .map(String::strip)
                .map(path -> path(path, spec))
                .toList();
        return KeyFileSource.of(files, parts.options().allow(), parts.options().verbatim());
    }

    private static DerivedKeySource derived(String spec, TicketPolicy policy) {
        Spec parts = Spec.parse(spec);
        if (parts.options().verbatim()) {
            throw new IllegalArgumentException("keys '" + spec + "' has the option verbatim, which file: knows");
        }
        Duration period = parts.options()
                .period()
                .map(text -> Durations.parse("period", text))
                .orElse(defaultPeriod(policy));
        return DerivedKeySource.of(path(parts.path(), spec), parts.options().allow(), EpochKeys.of(period, policy));
    }

    // Not below an hour, however short tickets live: the next key must be known before the last one retires.
    private static Duration defaultPeriod(TicketPolicy policy) {
        Duration twice = policy.ticketLifetime().multipliedBy(2);
        return twice.compareTo(SHORTEST_DEFAULT_PERIOD) < 0 ? SHORTEST_DEFAULT_PERIOD : twice;
    }

    private static Path path(String path, String spec) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("keys '" + spec + "' names no file; it must be " + FORMS);
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("keys '" + spec + "' holds a path that is none: " + e.getMessage(), e);
        }
    }

    private record Spec(String path, Options options) {
        static Spec parse(String spec) {
            String rest = spec.substring(spec.indexOf(':') + 1);
            int query = rest.indexOf('?');
            return query < 0
                    ? new Spec(rest, Options.NONE)
                    : new Spec(rest.substring(0, query), Options.parse(rest.substring(query + 1), spec));
        }
    }

    private record Options(Allow allow, boolean verbatim, Optional<String> period) {
        static final Options NONE = new Options(Allow.OWNER_ONLY, false, Optional.empty());

        static Options parse(String text, String spec) {
            Options options = NONE;
            Set<String> names = new HashSet<>();
            for (String option : text.split("&", -1)) {
                options = options.with(option, spec);
                String name = option.split("=", -1)[0];
                if (!names.add(name)) {
                    throw new IllegalArgumentException("keys '" + spec + "' has the option " + name + " twice");
                }
            }
            return options;
        }

        private Options with(String option, String spec) {
            if (option.startsWith("period=")) {
                return new Options(allow, verbatim, Optional.of(option.substring("period=".length())));
            }
            return switch (option) {
                case "allow=group" -> new Options(Allow.GROUP, verbatim, period);
                case "allow=anyone" -> new Options(Allow.ANYONE, verbatim, period);
                case "verbatim" -> new Options(allow, true, period);
                default ->
                    throw new IllegalArgumentException("keys '" + spec + "' has the unknown option '" + option
                            + "'; allow=group, allow=anyone, verbatim (file:) and period (derived:) exist"
                            + NearestName.hint(option, OPTIONS)
                            + NearestName.hint(option.split("=", -1)[0], OPTIONS_WITH_ANY_VALUE));
            };
        }
    }
}
