package dev.gangway.internal.store.jdbc;

/** The statements, in SQL that all databases understand. */
final class Statements {
    private final String table;
    private final String clock;

    Statements(String table, String clock) {
        this.table = table;
        this.clock = clock;
    }

    String table() {
        return table;
    }

    /** One row, also if there is no document, because the time is needed then too. */
    String select() {
        return "SELECT MAX(version), MAX(document), " + clock + " FROM " + table + " WHERE name = ?";
    }

    String insert() {
        return "INSERT INTO " + table + " (name, version, document) VALUES (?, ?, ?)";
    }

    String update() {
        return "UPDATE " + table + " SET version = ?, document = ? WHERE name = ? AND version = ?";
    }

    static String create(String table) {
        return "CREATE TABLE " + table + " (name VARCHAR(100) NOT NULL PRIMARY KEY, version BIGINT NOT NULL,"
                + " document VARCHAR(16000) NOT NULL)";
    }
}
