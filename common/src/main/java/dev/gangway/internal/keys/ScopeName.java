package dev.gangway.internal.keys;

import java.util.function.IntPredicate;

/** The operator's name for a trust domain, which has to be the same on all nodes, letter by letter. */
public final class ScopeName {
    private static final int LONGEST = 100;

    private ScopeName() {}

    /**
     * Refuses what cannot be meant, and what would look the same on two nodes and not be.
     *
     * @param name empty for the default scope
     * @throws IllegalArgumentException naming the value, what is wrong with it, and a right one if there is one
     */
    public static void require(String name) {
        if (name == null) {
            throw new IllegalArgumentException("scope is null; leave it empty for the default scope");
        }
        require(name, ScopeName::isNoText, "holds control characters or others that cannot be seen; remove them");
        if (!name.equals(name.strip())) {
            throw new IllegalArgumentException("scope '" + name + "' "
                    + (name.isBlank()
                            ? "is blank; leave it empty for the default scope"
                            : "has spaces around it; did you mean '" + name.strip() + "'?"));
        }
        Placeholders.requireNone("scope", name);
        // They part what a scope is made of.
        require(name, letter -> letter == ';' || letter == '=', "holds ';' or '='; use letters, digits and '-'");
        if (name.length() > LONGEST) {
            throw new IllegalArgumentException("scope '" + name.substring(0, LONGEST) + "…' has " + name.length()
                    + " characters; use " + LONGEST + " at most");
        }
    }

    private static void require(String name, IntPredicate isRefused, String reason) {
        if (name.codePoints().anyMatch(isRefused)) {
            // Shown without what cannot be seen, or could break a line of the log.
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
