package dev.gangway.internal.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorTest {
    /** In the forms of the drivers' own documents; the name goes to the log and to JMX. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://db/keys?user=u&password=secret | jdbc:postgresql://db/keys",
                "jdbc:postgresql://u:secret@db/keys | jdbc:postgresql:…@db/keys",
                "jdbc:postgresql://db/keys?user=u@x&password=secret | jdbc:postgresql:…",
                "jdbc:mysql://u:sec/ret@db/keys | jdbc:mysql:…@db/keys",
                "jdbc:mysql://u:se@ret@db/keys?useSSL=true | jdbc:mysql:…",
                "jdbc:mysql://u:s?ret@db/keys | jdbc:mysql:…@db/keys",
                "jdbc:mysql://(host=db,user=u,password=secret)/keys | jdbc:mysql://",
                "jdbc:oracle:thin:scott/secret@//db:1521/keys | jdbc:oracle:…@//db:1521/keys",
                "jdbc:oracle:thin:@db:1521:keys | jdbc:oracle:…@db:1521:keys",
                "jdbc:db2://db:50000/keys:user=u;password=secret; | jdbc:db2://db:50000/keys",
                "jdbc:sqlserver://db:1433;user=u;password=secret | jdbc:sqlserver://db:1433",
                "jdbc:sqlserver://db:1433;user=u;password=se@ret | jdbc:sqlserver:…",
                "jdbc:h2:mem:keys;PASSWORD=secret | jdbc:h2:mem:keys",
                "jdbc:mariadb://db1,db2/keys | jdbc:mariadb://db1,db2/keys"
            })
    void name_anyUrl_hasNoLogin(String url, String name) {
        assertThat(new Connector(url, new Properties(), null).name()).isEqualTo(name);
    }
}
