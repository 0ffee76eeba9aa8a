package dev.gangway.benchmarks.fleet;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text between {@code <!-- begin NAME -->} and {@code <!-- end NAME -->}. */
final class MarkedSections {
    private MarkedSections() {}

    /** Replaces the sections that are in {@code text}. */
    static String replace(String text, Map<String, String> sections) {
        String result = text;
        for (Map.Entry<String, String> section : sections.entrySet()) {
            String name = Pattern.quote(section.getKey());
            Pattern marked =
                    Pattern.compile("(<!-- begin " + name + " -->\n).*?(<!-- end " + name + " -->)", Pattern.DOTALL);
            result = marked.matcher(result)
                    .replaceAll("$1" + Matcher.quoteReplacement("\n" + section.getValue() + "\n") + "$2");
        }
        return result;
    }
}
