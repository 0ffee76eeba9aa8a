package dev.gangway.internal.store.jdbc;

import java.util.Properties;

/** Time limits of connections: without them, some drivers wait for ever for a host that does not answer. */
final class Timeouts {
    /** How long a database may take for one answer. */
    static final int SECONDS = 10;

    private Timeouts() {}

    /** The driver's own properties for {@code url}; a value in the URL has precedence in each of these drivers. */
    static Properties of(String url) {
        Properties properties = new Properties();
        if (url.startsWith("jdbc:postgresql:")) {
            set(properties, url, "connectTimeout", SECONDS);
            set(properties, url, "loginTimeout", SECONDS);
            set(properties, url, "socketTimeout", SECONDS);
        } else if (url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:")) {
            set(properties, url, "connectTimeout", SECONDS * 1000);
            set(properties, url, "socketTimeout", SECONDS * 1000);
        }
        return properties;
    }

    private static void set(Properties properties, String url, String name, int value) {
        if (!url.contains(name + "=")) {
            properties.put(name, String.valueOf(value));
        }
    }
}
