package dev.gangway.tomcat;

import dev.gangway.internal.keys.NearestName;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The attributes of the listener's element in {@code server.xml} for which the listener has no setter. Tomcat passes
 * each to a method {@code setProperty}. Without that method it only logs a warning, and a misspelt setting would
 * silently have its default.
 */
final class ListenerAttributes {
    // Tomcat's own, on every listener.
    private static final String OPTIONAL = "optional";

    private final Map<String, String> unknown = new TreeMap<>();

    /** @return whether the attribute is stored, so that {@link #requireKnown} refuses it */
    boolean offer(String name, String value) {
        if (name.equals(OPTIONAL)) {
            return false;
        }
        unknown.put(name, value);
        return true;
    }

    /**
     * @throws IllegalArgumentException naming each unknown attribute, its value, the most similar one, and all that
     *     exist
     */
    void requireKnown() {
        if (!unknown.isEmpty()) {
            List<String> known = known();
            throw new IllegalArgumentException(unknown.entrySet().stream()
                            .map(attribute -> "GangwayListener has no attribute " + attribute.getKey() + "=\""
                                    + attribute.getValue() + "\"" + NearestName.hint(attribute.getKey(), known))
                            .collect(Collectors.joining(". "))
                    + ". The attributes are: " + String.join(", ", known));
        }
    }

    private static List<String> known() {
        return Stream.of(GangwayListener.class.getMethods())
                .filter(method -> method.getName().startsWith("set")
                        && Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}))
                .map(Method::getName)
                .map(setter -> setter.substring(3, 4).toLowerCase(Locale.ROOT) + setter.substring(4))
                .distinct()
                .sorted()
                .toList();
    }
}
