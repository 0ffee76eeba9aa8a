package dev.gangway.internal.store.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreException;
import dev.gangway.internal.store.KeysetStoreContract;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends KeysetStoreContract {
    @TempDir
    Path folder;

    private String url;

    @BeforeEach
    void makeTable() throws SQLException {
        url = "jdbc:sqlite:" + folder.resolve("fleet.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(Statements.create("gangway_keyset"));
        }
    }

    @Override
    protected KeysetStore open() throws Exception {
        return new JdbcStoreProvider().open("gangway", Map.of("url", url));
    }

    @Test
    void read_noTable_saysHowToMakeIt() throws Exception {
        url = "jdbc:sqlite:" + folder.resolve("other.db");
        KeysetStore store = open();
        assertThatThrownBy(store::read)
                .isInstanceOf(KeysetStoreException.class)
                .hasMessageContaining("make the table with: CREATE TABLE gangway_keyset (");
    }
}
