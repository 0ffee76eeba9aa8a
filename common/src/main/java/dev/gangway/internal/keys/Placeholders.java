package dev.gangway.internal.keys;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Placeholders such as <code>${env.KEYS}</code>, which a container replaces before Gangway sees a setting, or leaves as they are. */
public final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]*}?");

    private Placeholders() {}

    /** @throws IllegalArgumentException naming setting, value and the first placeholder, if any is left */
    public static void requireNone(String setting, String value) {
        Matcher left = PLACEHOLDER.matcher(value);
        if (left.find()) {
            throw new IllegalArgumentException(setting + " '" + value + "' holds the placeholder " + left.group()
                    + ", which nothing has replaced; set the property or variable it names, or write the value itself");
        }
    }
}
