package dev.gangway.internal.store.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides the password in messages of drivers: some of them quote the URL, or what they take for a part of it. */
final class LoginMask {
    private static final String HIDDEN = "…";
    private static final int SHORTEST_PART = 3;
    // A password may contain the characters that separate properties.
    private static final Pattern PROPERTY =
            Pattern.compile("(?i)[?;&:,(\\s][\\w.-]*(?:pass|pwd|secret|token|key|credential)[\\w.-]*="
                    + "([^&;)]*(?:[&;][^&;=]*(?=[&;]|$))*)");
    private static final String SEPARATORS = "[/?;&=:@,(){}\"\\s]+";

    private final String url;
    private final String name;
    private final List<Pattern> secrets = new ArrayList<>();

    /**
     * @param name the URL as it may be shown
     * @param password null if it is not given beside the URL
     */
    LoginMask(String url, String name, String password) {
        this.url = url;
        this.name = name;
        Set<String> found = new HashSet<>();
        if (password != null) {
            found.add(password);
        }
        addLogin(found);
        for (Matcher property = PROPERTY.matcher(url); property.find(); ) {
            addWithParts(property.group(1), found);
        }
        found.remove("");
        // A secret may be a part of another one.
        found.stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(secret -> Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(secret) + "(?![\\p{L}\\p{N}])"))
                .forEach(secrets::add);
    }

    String hide(String message) {
        String shown = message.replace(url, name);
        for (Pattern secret : secrets) {
            shown = secret.matcher(shown).replaceAll(HIDDEN);
        }
        return shown;
    }

    /** Whether {@code failure} or a cause of it shows what must be hidden. */
    boolean isShownBy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage());
            if (!hide(text).equals(text)) {
                return true;
            }
        }
        return false;
    }

    // user:password@ or user/password@, as the drivers have it.
    private void addLogin(Set<String> found) {
        int end = url.lastIndexOf('@');
        if (end < 0) {
            return;
        }
        String before = url.substring(0, end).replaceFirst("^jdbc:[^:]*:(?:.*?//|\\w+:)?", "");
        String[] parts = before.split("[:/]", 2);
        if (parts.length == 2) {
            addWithParts(parts[1], found);
        }
    }

    // A driver that takes another character for the end of the password shows a part of it.
    private static void addWithParts(String secret, Set<String> found) {
        found.add(secret);
        found.add(decoded(secret));
        for (String part : secret.split(SEPARATORS, -1)) {
            if (part.length() >= SHORTEST_PART) {
                found.add(part);
            }
        }
    }

    private static String decoded(String secret) {
        try {
            return URLDecoder.decode(secret, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return secret;
        }
    }
}
