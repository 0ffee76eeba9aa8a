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
 * Parses the setting {@code keys}:
 *
 * <ul>
 *   <li>{@code file:PATH}: one keyset file, or one HAProxy file;
 *   <li>{@code file:PATH,PATH,…}: raw key files in order, the first of which seals;
 *   <li>{@code derived:PATH?period=12h}: keys derived from one master secret and the clock; the default period is twice
 *       the ticket lifetime, and at least one hour;
 *   <li>{@code store:PATH}: keys in a database or another store, which the nodes rotate; the properties file describes it;
 *   <li>{@code random:}: keys made in memory, for one node.
 * </ul>
 *
 * <p>Options can follow the path, the first after {@code ?}, others after {@code &}. {@code allow=group} or {@code
 * allow=anyone} accepts a key file that others than its owner can read; {@code verbatim} uses raw keys byte for byte,
 * without scopes, so that other software with the same files opens the same tickets.
 */
public final class KeysSetting {
    private static final String FORMS =
            "file:PATH (one keyset, or raw key files separated by commas), derived:PATH (a master secret), store:PATH"
                    + " (the properties file of a store), or random: (one node, keys in memory)";

    private static final List<String> SCHEMES = List.of("file:", "derived:", "store:", "random:");
    private static final List<String> OPTIONS = List.of("allow=group", "allow=anyone", "verbatim");
    private static final List<String> OPTIONS_WITH_ANY_VALUE = List.of("period");

    private static final Duration SHORTEST_DEFAULT_PERIOD = Duration.ofHours(1);

    private KeysSetting() {}

    /**
     * @param spec the setting
     * @param policy the limits that keys made or derived by Gangway must keep
     * @throws IllegalArgumentException naming the value and the valid forms
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
        if (spec.startsWith("store:")) {
            KeyFile file = storeFile(spec);
            return StoreKeySource.of(file.path(), file.allow(), policy, defaultPeriod(policy));
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

    /** One key file, and its permitted readers besides the owner. */
    public record KeyFile(Path path, Allow allow) {}

    /**
     * Parses a setting that names a keyset file to be written.
     *
     * @param spec the setting
     * @throws IllegalArgumentException if it does not name exactly one file that can be a keyset
     */
    public static KeyFile keyFile(String spec) {
        Placeholders.requireNone("keys", spec);
        if (!spec.startsWith("file:")) {
            throw new IllegalArgumentException("'" + spec
                    + "' is not a key file: only a keyset, file:PATH, can be made and rotated" + meant(spec));
        }
        Spec parts = Spec.parse(spec);
        if (parts.options().period().isPresent() || parts.options().verbatim()) {
            throw new IllegalArgumentException("'" + spec
                    + "' has options that do not apply to a keyset; use only allow=group or" + " allow=anyone");
        }
        if (parts.path().contains(",")) {
            throw new IllegalArgumentException(
                    "'" + spec + "' has several paths; a keyset is one file, so give one path");
        }
        return new KeyFile(path(parts.path(), spec), parts.options().allow());
    }

    /**
     * Parses a setting that names the properties file of a store.
     *
     * @param spec the setting, which begins with {@code store:}
     * @throws IllegalArgumentException if it has no path, or options that do not apply
     */
    public static KeyFile storeFile(String spec) {
        Placeholders.requireNone("keys", spec);
        Spec parts = Spec.parse(spec);
        if (parts.options().period().isPresent() || parts.options().verbatim()) {
            throw new IllegalArgumentException("keys '" + spec + "' has options that do not apply to a store; use only"
                    + " allow=group or allow=anyone, and write everything else into the properties file");
        }
        return new KeyFile(path(parts.path(), spec), parts.options().allow());
    }

    private static KeyFileSource file(String spec) {
        Spec parts = Spec.parse(spec);
        if (parts.options().period().isPresent()) {
            throw new IllegalArgumentException(
                    "keys '" + spec + "' has the option period, which only derived: supports; remove it");
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
            throw new IllegalArgumentException(
                    "keys '" + spec + "' has the option verbatim, which only file: supports; remove it");
        }
        Duration period = parts.options()
                .period()
                .map(text -> Durations.parse("period", text))
                .orElse(defaultPeriod(policy));
        return DerivedKeySource.of(path(parts.path(), spec), parts.options().allow(), EpochKeys.of(period, policy));
    }

    // At least one hour, even with a shorter ticket lifetime, so that every node has the next key before the active one
    // retires.
    /** How long each key of a new keyset seals if no setting says it. */
    public static Duration defaultPeriod(TicketPolicy policy) {
        Duration twice = policy.ticketLifetime().multipliedBy(2);
        return twice.compareTo(SHORTEST_DEFAULT_PERIOD) < 0 ? SHORTEST_DEFAULT_PERIOD : twice;
    }

    private static Path path(String path, String spec) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("keys '" + spec + "' has no path; it must be " + FORMS);
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("keys '" + spec + "' has an invalid path: " + e.getMessage(), e);
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
                            + "'; the options are allow=group, allow=anyone, verbatim (file: only) and period"
                            + " (derived: only)"
                            + NearestName.hint(option, OPTIONS)
                            + NearestName.hint(option.split("=", -1)[0], OPTIONS_WITH_ANY_VALUE));
            };
        }
    }
}
