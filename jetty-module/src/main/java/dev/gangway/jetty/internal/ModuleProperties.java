package dev.gangway.jetty.internal;

import dev.gangway.internal.keys.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The properties of the Jetty module {@code gangway}: Jetty itself takes any name, and what was meant would silently be the default. */
final class ModuleProperties {
    static final List<String> KNOWN = List.of(
            "gangway.keys",
            "gangway.engine",
            "gangway.ticketLifetime",
            "gangway.pollInterval",
            "gangway.scope",
            "gangway.checkClientCertificates",
            "gangway.leaveAlone");

    // All others of Jetty's begin with the second.
    private static final List<String> PREFIXES = List.of("gangway.", "jetty.gangway.");

    private ModuleProperties() {}

    /**
     * @param properties all that the server was started with, as far as Jetty tells
     * @throws IllegalArgumentException naming each unknown one, its value, the nearest right one, and all there are
     */
    static void requireKnown(Map<String, String> properties) {
        Map<String, String> unknown = new TreeMap<>(properties);
        unknown.keySet().removeIf(name -> !isMeantForGangway(name) || KNOWN.contains(name));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(unknown.entrySet().stream()
                            .map(property -> "module 'gangway' has no property " + property.getKey() + "="
                                    + property.getValue() + hint(property.getKey()))
                            .collect(Collectors.joining(". "))
                    + ". There are: " + String.join(", ", KNOWN));
        }
    }

    private static boolean isMeantForGangway(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        return PREFIXES.stream().anyMatch(plain::startsWith);
    }

    // What all names have in common would make any of them near.
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
