package dev.gangway.internal.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** A database in this process, with the table of a store. */
public final class EmbeddedDatabase {
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

    public EmbeddedDatabase() {
        try {
            execute("CREATE TABLE gangway_keyset (name VARCHAR(100) NOT NULL PRIMARY KEY, version BIGINT NOT NULL,"
                    + " document VARCHAR(16000) NOT NULL)");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The value of the property {@code url}. */
    public String url() {
        return url;
    }

    /** The document in the table; null if there is none. */
    public String document() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT MAX(document) FROM gangway_keyset")) {
            rows.next();
            return rows.getString(1);
        }
    }

    public void execute(String command) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
