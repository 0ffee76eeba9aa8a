package dev.gangway.internal.store.jdbc;

import dev.gangway.testing.DatabaseServer;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class MariaDbStoreTest extends DatabaseStoreContract {
    @TempDir
    static Path folder;

    @Override
    String statementForPassword(String password) {
        return "SET PASSWORD = PASSWORD('" + password + "')";
    }

    @Override
    DatabaseServer startServer() throws Exception {
        return DatabaseServer.mariaDb(folder);
    }
}
