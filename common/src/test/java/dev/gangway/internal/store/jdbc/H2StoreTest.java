package dev.gangway.internal.store.jdbc;

import dev.gangway.KeysetStore;
import dev.gangway.internal.store.KeysetStoreContract;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

class H2StoreTest extends KeysetStoreContract {
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

    @BeforeEach
    void makeTable() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "sa", "secret");
                Statement statement = connection.createStatement()) {
            statement.execute(Statements.create("gangway_keyset"));
        }
    }

    @Override
    protected KeysetStore open() throws Exception {
        return new JdbcStoreProvider().open("gangway", Map.of("url", url, "user", "sa", "password", "secret"));
    }
}
