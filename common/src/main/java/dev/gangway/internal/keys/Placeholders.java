package dev.gangway.internal.keys;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Placeholders such as <code>${env.KEYS}</code>. A container replaces them before Gangway gets a setting, or leaves
 * them if they are unknown.
 */
public final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}?");

    private Placeholders() {}

    /** @throws IllegalArgumentException naming setting, value and the first remaining placeholder */
    public static void requireNone(String setting, String value) {
        Matcher left = PLACEHOLDER.matcher(value);
        if (left.find()) {
            throw new IllegalArgumentException(setting + " '" + value + "' contains the placeholder " + left.group()
                    + ", which was not replaced; set the property or variable that it names, or write the"
                    + " value itself");
        }
    }
}
