package dev.gangway.internal.store.jdbc;

import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreException;
import dev.gangway.KeysetStoreProvider;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** Type {@code jdbc}: any database with a JDBC driver on the class path. */
public final class JdbcStoreProvider implements KeysetStoreProvider {
    private static final String DEFAULT_TABLE = "gangway_keyset";

    @Override
    public String type() {
        return "jdbc";
    }

    @Override
    public Set<String> requiredProperties() {
        return Set.of("url");
    }

    @Override
    public Set<String> optionalProperties() {
        return Set.of("user", "password", "table", "driver", "clock");
    }

    @Override
    public KeysetStore open(String documentName, Map<String, String> properties) throws KeysetStoreException {
        String url = properties.get("url");
        if (!url.startsWith("jdbc:")) {
            throw new KeysetStoreException("url must start with 'jdbc:', such as jdbc:postgresql://db.example/fleet");
        }
        String table = properties.getOrDefault("table", DEFAULT_TABLE);
        if (!table.matches("[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*){0,2}")) {
            throw new KeysetStoreException("table '" + table + "' is not the name of a table");
        }
        Properties login = Timeouts.of(url);
        if (properties.containsKey("user")) {
            login.put("user", properties.get("user"));
        }
        if (properties.containsKey("password")) {
            login.put("password", properties.get("password"));
        }
        Connector connector = new Connector(url, login, properties.get("driver"));
        return new JdbcStore(
                connector, new Statements(table, StoreClock.of(url, properties.get("clock"))), documentName);
    }
}
