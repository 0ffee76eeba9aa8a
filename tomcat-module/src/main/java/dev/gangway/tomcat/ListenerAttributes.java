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
 * The attributes of the listener's line in {@code server.xml} that the listener has no setter for. Tomcat offers each to a
 * method {@code setProperty}, and where there is none goes on with a warning: what was meant would silently be the default.
 */
final class ListenerAttributes {
    // Tomcat's own, on every listener.
    private static final String OPTIONAL = "optional";

    private final Map<String, String> unknown = new TreeMap<>();

    /** @return whether it is kept, for {@link #requireKnown} to refuse */
    boolean offer(String name, String value) {
        if (name.equals(OPTIONAL)) {
            return false;
        }
        unknown.put(name, value);
        return true;
    }

    /** @throws IllegalArgumentException naming each unknown attribute, its value, the nearest right one, and all there are */
    void requireKnown() {
        if (!unknown.isEmpty()) {
            List<String> known = known();
            throw new IllegalArgumentException(unknown.entrySet().stream()
                            .map(attribute -> "GangwayListener has no attribute " + attribute.getKey() + "=\""
                                    + attribute.getValue() + "\"" + NearestName.hint(attribute.getKey(), known))
                            .collect(Collectors.joining(". "))
                    + ". There are: " + String.join(", ", known));
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
