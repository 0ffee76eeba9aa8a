package dev.gangway.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.ClientAuth;
import dev.gangway.internal.keys.Scope;
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
        assertThat(of(connector, A)).isNotEqualTo(Scopes.of(connector, Scopes.inUse(null)));
    }

    @Test
    void certificateNeverAsked_scope_doesNotDependOnAuthorities() throws Exception {
        Connector connector = Connector.of("", ClientAuth.NONE);

        assertThat(of(connector, A)).isEqualTo(of(connector, B)).isEqualTo(Scopes.of(connector, Scopes.inUse(null)));
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void certificateAsked_scope_followsTheSettingsThatDecideOnTrust(ClientAuth clientAuth) throws Exception {
        Connector plain = Connector.of("", clientAuth);
        Connector crl = plain.trusting("crl");

        assertThat(of(crl, A))
                .isEqualTo(of(Connector.of("", clientAuth).trusting("crl"), A))
                .isNotEqualTo(of(plain, A))
                .isNotEqualTo(of(plain.trusting("ocsp"), A));
    }

    @Test
    void certificateNeverAsked_scope_doesNotDependOnSettingsOfTrust() throws Exception {
        Connector plain = Connector.of("", ClientAuth.NONE);

        assertThat(of(plain.trusting("crl"), A)).isEqualTo(of(plain, A));
    }

    @Test
    void trustManagersOfAnOperator_areToldApartByTheirClass() throws Exception {
        Connector connector = Connector.of("", ClientAuth.REQUIRED);
        TrustManager[] one = {new Own(A) {}};
        TrustManager[] same = one.clone();
        TrustManager[] other = {new Own(A) {}};

        assertThat(Scopes.of(connector, one))
                .isEqualTo(Scopes.of(connector, same))
                .isNotEqualTo(Scopes.of(connector, other))
                .isNotEqualTo(of(connector, A));
    }

    @Test
    void trustManagersOfThePlatform_areInNoScopeByTheirClass() throws Exception {
        assertThat(of(Connector.of("", ClientAuth.REQUIRED), A).toString()).doesNotContain("trust-managers");
    }

    private static Scope of(Connector connector, Certificates.Held... authorities) {
        return Scopes.of(connector, Certificates.trustManagers(authorities));
    }

    private abstract static class Own implements X509TrustManager {
        private final Certificates.Held authority;

        Own(Certificates.Held authority) {
            this.authority = authority;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[] {authority.certificate()};
        }
    }
}
