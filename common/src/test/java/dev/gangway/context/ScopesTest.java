package dev.gangway.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.engine.InstallationException;
import dev.gangway.keys.Scope;
import dev.gangway.keys.Scope.ClientAuth;
import dev.gangway.testing.Certificates;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScopesTest {
    private static final Certificates.Held A = Certificates.authority("a");
    private static final Certificates.Held B = Certificates.authority("b");

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void certificateAsked_scope_followsTheAuthoritiesInAnyOrder(ClientAuth clientAuth) throws Exception {
        Connector connector = Connector.of("", clientAuth);

        assertThat(of(connector, A, B)).isEqualTo(of(connector, B, A)).isNotEqualTo(of(connector, A));
        assertThat(of(connector, A)).isNotEqualTo(of(connector, B));
        assertThat(of(connector, A)).isNotEqualTo(Scopes.of(connector, null));
    }

    @Test
    void certificateNeverAsked_scope_doesNotDependOnAuthorities() throws Exception {
        Connector connector = Connector.of("", ClientAuth.NONE);

        assertThat(of(connector, A)).isEqualTo(of(connector, B)).isEqualTo(Scopes.of(connector, null));
    }

    @Test
    void certificateMayBeAskedLater_scope_followsTheAuthoritiesOfATrustStore() throws Exception {
        Connector plain = Connector.of("", ClientAuth.NONE);
        Connector connector = plain.askingLater();

        assertThat(of(connector, A))
                .isEqualTo(of(connector, A))
                .isNotEqualTo(of(connector, B))
                .isNotEqualTo(of(plain, A))
                .isNotEqualTo(of(Connector.of("", ClientAuth.OPTIONAL).askingLater(), A));
        assertThat(Scopes.of(connector, null)).as("no trust store").isEqualTo(Scopes.of(plain, null));
    }

    @Test
    void trustManagersThatNameNoIssuers_areToldApartByTheirClass() throws Exception {
        Connector connector = Connector.of("", ClientAuth.REQUIRED);
        TrustManager[] one = {new Silent() {}};
        TrustManager[] same = one.clone();
        TrustManager[] other = {new Silent() {}};

        assertThat(Scopes.of(connector, one))
                .isEqualTo(Scopes.of(connector, same))
                .isNotEqualTo(Scopes.of(connector, other));
    }

    private static Scope of(Connector connector, Certificates.Held... authorities) throws InstallationException {
        return Scopes.of(connector, Certificates.trustManagers(authorities));
    }

    private abstract static class Silent implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
