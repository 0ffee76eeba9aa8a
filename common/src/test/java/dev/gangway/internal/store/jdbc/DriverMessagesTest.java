package dev.gangway.internal.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gangway.KeysetStore;
import dev.gangway.KeysetStoreException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages of real drivers go to the log and to JMX; some of them quote the password in the URL. */
class DriverMessagesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:mariadb://u:s3cret@127.0.0.1:1/db | Incorrect port value : …@127.0.0.1",
                "jdbc:mariadb://u:s3cret/x@127.0.0.1:1/db | Incorrect port value : …",
                "jdbc:mariadb:127.0.0.1:1/db?user=u&password=s3cret | is not present in the url jdbc:mariadb:127.0.0.1:1/db",
                "jdbc:mariadb:oops:://127.0.0.1:1/db?password=s3cret | wrong failover parameter format",
                "jdbc:h2:tcp://u:s3cret@127.0.0.1:1/x | NumberFormatException",
                "jdbc:h2:x;PASSWORD=s3cret | is implicitly relative to the current working directory",
                "jdbc:h2:x;PASSWORD=s3;cret | jdbc:h2:x",
                "jdbc:postgresql://u:s3cret@127.0.0.1:1/db | The connection attempt failed.",
                "jdbc:postgresql://127.0.0.1:1/db?password=s3cret&sslmode=s3cret | Invalid sslmode value: …",
                "jdbc:postgresql://127.0.0.1:port/db?user=u&password=s3cret | no JDBC driver on the class path accepts",
                "jdbc:postgresql://127.0.0.1:1/db?user=u&password=%zzs3cret | no JDBC driver on the class path accepts",
                "jdbc:postgresql://127.0.0.1:1/db user=u password=s3cret | Connection to 127.0.0.1:1 refused",
                "jdbc:sqlite::resource:http://u:s3cret@127.0.0.1:1/x.db | failed to load http://u:…@127.0.0.1:1/x.db"
            })
    void read_passwordInTheUrl_isInNoMessage(String url, String expected) throws Exception {
        KeysetStore store = new JdbcStoreProvider().open("gangway", Map.of("url", url));
        Throwable failure = catchThrowable(store::read);
        assertThat(failure).isInstanceOf(KeysetStoreException.class).hasMessageContaining(expected);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(String.valueOf(cause.getMessage())).doesNotContain("s3", "cret");
        }
        assertThat(store.name()).doesNotContain("s3", "cret");
    }

    @Test
    void failed_passwordBesideTheUrl_isHiddenWithItsCause() {
        Properties login = new Properties();
        login.put("password", "pass word$");
        Connector connector = new Connector("jdbc:x://db/keys", login, null);
        assertThat(connector.failed(new SQLException("bad\n login 'pass word$'"), "; help"))
                .hasMessage("bad login '…'; help")
                .hasNoCause();
        SQLException harmless = new SQLException("password authentication failed for user \"u\"");
        assertThat(connector.failed(harmless, ""))
                .hasMessage("password authentication failed for user \"u\"")
                .hasCause(harmless);
    }

    @Test
    void failed_encodedPassword_isHiddenInBothForms() {
        Connector connector = new Connector("jdbc:x://db/keys?password=p%2Fzz&ssl=true", new Properties(), null);
        assertThat(connector.failed(new SQLException("p%2Fzz or p/zz, ssl=true"), ""))
                .hasMessage("… or …, ssl=true");
    }
}
