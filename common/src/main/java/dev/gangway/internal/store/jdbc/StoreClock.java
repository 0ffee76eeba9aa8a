package dev.gangway.internal.store.jdbc;

/** The SQL expression for the database's time in seconds since 1970, which does not depend on time zones. */
final class StoreClock {
    /** The expression of a database whose time is unknown. */
    static final String UNKNOWN = "NULL";

    private StoreClock() {}

    /** @param expression from the settings; null if it is not set */
    static String of(String url, String expression) {
        if (expression != null) {
            return expression;
        }
        if (url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:")) {
            return "UNIX_TIMESTAMP(NOW(3))";
        }
        if (url.startsWith("jdbc:postgresql:") || url.startsWith("jdbc:h2:")) {
            return "EXTRACT(EPOCH FROM CURRENT_TIMESTAMP)";
        }
        return url.startsWith("jdbc:sqlite:") ? "strftime('%s', 'now')" : UNKNOWN;
    }
}
