package dev.gangway.internal.keys;

import java.util.function.IntPredicate;

/** The operator's name for a trust domain, which must be identical on all nodes. */
public final class ScopeName {
    private static final int LONGEST = 100;

    private ScopeName() {}

    /**
     * Refuses names that are probably a mistake, and names that look equal on two nodes but are not.
     *
     * @param name empty for the default scope
     * @throws IllegalArgumentException naming the value, what is wrong with it, and a correction if there is one
     */
    public static void require(String name) {
        if (name == null) {
            throw new IllegalArgumentException("scope is null; leave it empty for the default scope");
        }
        require(name, ScopeName::isNoText, "contains control characters or other invisible characters; remove them");
        if (!name.equals(name.strip())) {
            throw new IllegalArgumentException("scope '" + name + "' "
                    + (name.isBlank()
                            ? "is blank; leave it empty for the default scope"
                            : "has spaces around it; did you mean '" + name.strip() + "'?"));
        }
        Placeholders.requireNone("scope", name);
        // These separate the parts of a scope.
        require(name, letter -> letter == ';' || letter == '=', "contains ';' or '='; use letters, digits and '-'");
        if (name.length() > LONGEST) {
            throw new IllegalArgumentException("scope '" + name.substring(0, LONGEST) + "…' has " + name.length()
                    + " characters; use " + LONGEST + " at most");
        }
    }

    private static void require(String name, IntPredicate isRefused, String reason) {
        if (name.codePoints().anyMatch(isRefused)) {
            // Replaces invisible characters and characters that could break a line of the log.
            StringBuilder shown = new StringBuilder();
            name.codePoints().forEach(letter -> shown.appendCodePoint(isNoText(letter) ? '\uFFFD' : letter));
            throw new IllegalArgumentException("scope '" + shown + "' " + reason);
        }
    }

    private static boolean isNoText(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
