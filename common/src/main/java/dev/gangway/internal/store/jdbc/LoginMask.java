package dev.gangway.internal.store.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides the password in messages of drivers: some of them quote the URL, or what they take for a part of it. */
final class LoginMask {
    private static final String HIDDEN = "…";
    private static final int SHORTEST_PART = 3;
    // Names that end like this tell where a secret is, or in which form. A password may contain the characters that
    // separate properties.
    private static final Pattern PROPERTY =
            Pattern.compile("(?i)[?;&:,(\\s][\\w.-]*(?:pass|pwd|secret|token|credential)[\\w.-]*"
                    + "(?<!file|path|store|url|type|encoding|alias)=(?!(?:true|false)(?:[&;,)\\s]|$))"
                    + "([^&;)]*(?:[&;][^&;=]*(?=[&;]|$))*)");
    // Where the properties begin; an @ in them does not end a login.
    private static final Pattern PROPERTIES = Pattern.compile("[?;][\\w.-]+=");
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

    /** Whether a log that prints {@code failure} with all that belongs to it shows what must be hidden. */
    boolean showsSecret(Throwable failure) {
        // Causes may form a circle.
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> next = new ArrayDeque<>(List.of(failure));
        while (!next.isEmpty()) {
            Throwable present = next.remove();
            if (!seen.add(present)) {
                continue;
            }
            if (isSecret(String.valueOf(present.getMessage())) || isSecret(String.valueOf(present.toString()))) {
                return true;
            }
            next.addAll(List.of(present.getSuppressed()));
            Optional.ofNullable(present.getCause()).ifPresent(next::add);
            if (present instanceof SQLException ofDatabase) {
                Optional.ofNullable(ofDatabase.getNextException()).ifPresent(next::add);
            }
        }
        return false;
    }

    private boolean isSecret(String text) {
        return !hide(text).equals(text);
    }

    // user:password@ or user/password@, as the drivers have it.
    private void addLogin(Set<String> found) {
        Matcher properties = PROPERTIES.matcher(url);
        int end = url.lastIndexOf('@', properties.find() ? properties.start() : url.length());
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
