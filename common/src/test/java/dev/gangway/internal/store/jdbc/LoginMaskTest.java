package dev.gangway.internal.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LoginMaskTest {
    private static final String URL = "jdbc:x://db/keys?user=u&password=s3cret";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://db/keys?sslkey=/etc/pki/client.pk8 | Could not read SSL key file /etc/pki/client.pk8.",
                "jdbc:mariadb://db/keys?allowPublicKeyRetrieval=true | allowPublicKeyRetrieval must be true or false",
                "jdbc:mysql://db/keys?keyStoreType=PKCS12 | PKCS12 not found",
                "jdbc:mysql://db/keys?trustCertificateKeyStoreUrl=file:/etc/ca.p12 | Cannot open file:/etc/ca.p12",
                "jdbc:mysql://db/keys?passwordCharacterEncoding=UTF-8 | Unsupported character encoding UTF-8",
                "jdbc:x://db/keys?tokenFile=/run/token&passwordless=false | false: cannot read /run/token",
                "jdbc:sqlserver://db;trustStorePasswordAlias=dba;user=me | no alias dba",
                "jdbc:postgresql://db:5432/keys?user=me@corp | db:5432/keys: authentication failed for user me",
                "jdbc:sqlserver://db:1433;user=me@corp | db:1433: Login failed for user me",
                "jdbc:mysql://db/keys?applicationName=a@b&user=me | Access denied for user me to keys"
            })
    void hide_nothingSecret_staysReadable(String url, String message) {
        assertThat(new LoginMask(url, "name", null).hide(message)).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:x://db/keys?keyStorePassword=s3cret | s3cret",
                "jdbc:x://db/keys?tokenFile=/run/token&accessToken=s3cret | s3cret",
                "jdbc:x://(host=db,tokenFile=/run/token,password=s3cret)/keys | s3cret",
                "jdbc:x://db/keys?passwordless=true&password=s3cret | s3cret",
                "jdbc:x://db;passwordFile=/run/pw;secret=s3cret | s3cret",
                "jdbc:x://u:s3?cret@db/keys | s3?cret",
                "jdbc:x://u:s3;cret@db/keys | s3;cret",
                "jdbc:x://u:s3?cret@db/keys?ssl=on&user=me@corp | s3?cret",
                "jdbc:x://u:s3cret@db/keys?user=me@corp | s3cret",
                "jdbc:x://u:true@db/keys | true"
            })
    void hide_secret_isHidden(String url, String secret) {
        LoginMask mask = new LoginMask(url, "name", null);
        assertThat(mask.hide("'" + secret + "' is wrong")).isEqualTo("'…' is wrong");
        assertThat(mask.hide(url)).isEqualTo("name");
    }

    static Stream<Arguments> failuresWithTheSecret() {
        SQLException secret = new SQLException("no s3cret");
        SQLException suppressing = new SQLException("harmless");
        suppressing.addSuppressed(new IllegalStateException(secret));
        SQLException first = new SQLException("harmless");
        first.setNextException(new SQLException("harmless", secret));
        return Stream.of(
                Arguments.of("its message", secret),
                Arguments.of("a cause", new IllegalStateException("harmless", secret)),
                Arguments.of("a suppressed exception", suppressing),
                Arguments.of("the next exception", first),
                Arguments.of("toString", new IllegalStateException("harmless", new Told("no s3cret", "harmless"))),
                Arguments.of("a message that toString does not contain", new Told("harmless", "no s3cret")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failuresWithTheSecret")
    void showsSecret_anywhere_isFound(String where, Throwable failure) {
        assertThat(new LoginMask(URL, "name", null).showsSecret(failure))
                .as(where)
                .isTrue();
    }

    @Test
    void showsSecret_causesWithoutEnd_ends() {
        SQLException one = new SQLException("harmless");
        SQLException other = new SQLException("harmless", one);
        one.initCause(other);
        one.setNextException(other);
        assertThat(new LoginMask(URL, "name", null).showsSecret(one)).isFalse();
    }

    /** An exception whose toString does not contain its message. */
    private static final class Told extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String text;

        Told(String text, String message) {
            super(message);
            this.text = text;
        }

        @Override
        public String getLocalizedMessage() {
            return text;
        }
    }
}
