package dev.gangway.internal.store.jdbc;

import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreException;
import dev.gangway.StoredDocument;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The document in one row of a table, with a connection of its own for each call, and one statement per transaction. */
final class JdbcStore implements KeysetStore {
    private final Connector connector;
    private final Statements statements;
    private final String documentName;

    JdbcStore(Connector connector, Statements statements, String documentName) {
        this.connector = connector;
        this.statements = statements;
        this.documentName = documentName;
    }

    @Override
    public StoredDocument read() throws KeysetStoreException {
        try (Connection connection = connector.open();
                PreparedStatement select = connection.prepareStatement(statements.select())) {
            select.setQueryTimeout(Timeouts.SECONDS);
            select.setString(1, documentName);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                String document = rows.getString(2);
                Optional<Instant> storeTime =
                        Optional.ofNullable(rows.getBigDecimal(3)).map(JdbcStore::instant);
                return document == null
                        ? StoredDocument.absent(storeTime)
                        : StoredDocument.of(document.getBytes(StandardCharsets.UTF_8), rows.getLong(1), storeTime);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public boolean compareAndSwap(StoredDocument expected, byte[] content) throws KeysetStoreException {
        String document = new String(content, StandardCharsets.US_ASCII);
        try (Connection connection = connector.open()) {
            return expected.isPresent()
                    ? update(connection, expected, document)
                    : insert(connection, expected, document);
        } catch (SQLException e) {
            if (isRolledBack(e) || (!expected.isPresent() && hasDocument())) {
                return false;
            }
            throw failed(e);
        }
    }

    @Override
    public String name() {
        return connector.name() + "#" + statements.table();
    }

    private boolean update(Connection connection, StoredDocument expected, String document) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(statements.update())) {
            update.setQueryTimeout(Timeouts.SECONDS);
            update.setLong(1, expected.version() + 1);
            update.setString(2, document);
            update.setString(3, documentName);
            update.setLong(4, expected.version());
            return update.executeUpdate() == 1;
        }
    }

    // Not version 1: a row that was deleted and made again must not have a version that it had before.
    private boolean insert(Connection connection, StoredDocument expected, String document) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(statements.insert())) {
            insert.setQueryTimeout(Timeouts.SECONDS);
            insert.setString(1, documentName);
            insert.setLong(2, expected.storeTime().map(Instant::toEpochMilli).orElse(1L));
            insert.setString(3, document);
            return insert.executeUpdate() == 1;
        }
    }

    // For another writer's transaction.
    private static boolean isRolledBack(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("40");
    }

    // After an insert that failed: another writer was earlier. Not every driver has an SQL state for that.
    private boolean hasDocument() {
        try {
            return read().isPresent();
        } catch (KeysetStoreException e) {
            return false;
        }
    }

    private KeysetStoreException failed(SQLException e) {
        return connector.failed(e, hint(e));
    }

    private String hint(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        boolean isTableMissing = state.equals("42P01")
                || state.equals("42S02")
                || state.equals("42S04")
                || String.valueOf(e.getMessage()).contains("no such table");
        return isTableMissing ? "; make the table with: " + Statements.create(statements.table()) : "";
    }

    private static Instant instant(BigDecimal seconds) {
        return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
    }
}
