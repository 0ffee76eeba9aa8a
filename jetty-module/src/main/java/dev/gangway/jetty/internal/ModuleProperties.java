package dev.gangway.jetty.internal;

import dev.gangway.internal.keys.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Checks the properties of the Jetty module {@code gangway}. Jetty itself accepts any name, and a misspelt setting
 * would silently have its default.
 */
final class ModuleProperties {
    static final List<String> KNOWN = List.of(
            "gangway.keys",
            "gangway.engine",
            "gangway.ticketLifetime",
            "gangway.pollInterval",
            "gangway.scope",
            "gangway.checkClientCertificates",
            "gangway.leaveAlone");

    // All other properties of Jetty's modules begin with the second.
    private static final List<String> PREFIXES = List.of("gangway.", "jetty.gangway.");

    private ModuleProperties() {}

    /**
     * @param properties all properties of the server that Jetty provides
     * @throws IllegalArgumentException naming each unknown property, its value, the most similar one, and all that
     *     exist
     */
    static void requireKnown(Map<String, String> properties) {
        Map<String, String> unknown = new TreeMap<>(properties);
        unknown.keySet().removeIf(name -> !isMeantForGangway(name) || KNOWN.contains(name));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(unknown.entrySet().stream()
                            .map(property -> "module 'gangway' has no property " + property.getKey() + "="
                                    + property.getValue() + hint(property.getKey()))
                            .collect(Collectors.joining(". "))
                    + ". The properties are: " + String.join(", ", KNOWN));
        }
    }

    private static boolean isMeantForGangway(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        return PREFIXES.stream().anyMatch(plain::startsWith);
    }

    // The common prefix would make any two names similar.
    private static String hint(String name) {
        Collection<String> settings =
                KNOWN.stream().map(ModuleProperties::settingOf).toList();
        return NearestName.of(settingOf(name), settings)
                .map(setting -> "; did you mean 'gangway." + setting + "'?")
                .orElse("");
    }

    private static String settingOf(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
