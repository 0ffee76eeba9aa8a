package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.ClientAuth;
import dev.gangway.testing.Certificates;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScopeTest {
    private static final X509Certificate A = Certificates.authority("a").certificate();
    private static final X509Certificate B = Certificates.authority("b").certificate();

    @Test
    void of_certificateNeverAsked_isTheNameAlone() {
        assertThat(Scope.of("", ClientAuth.NONE, List.of())).hasToString("name=;client-auth=NONE");
        assertThat(Scope.of("shop", ClientAuth.NONE, List.of(A))).hasToString("name=shop;client-auth=NONE");
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void of_certificateAsked_isNameModeAndDigestOfTheAnchors(ClientAuth clientAuth) throws Exception {
        String each = String.join(
                ",",
                Stream.of(sha256(A.getEncoded()), sha256(B.getEncoded()))
                        .sorted()
                        .toList());
        String anchors = sha256(each.getBytes(StandardCharsets.US_ASCII));

        assertThat(Scope.of("shop", clientAuth, List.of(A, B)))
                .hasToString("name=shop;client-auth=" + clientAuth + ";anchors=" + anchors);
    }

    @Test
    void of_anchorsInOtherOrderOrTwice_isTheSameScope() {
        Scope scope = of(A, B);

        assertThat(of(B, A)).isEqualTo(scope).hasSameHashCodeAs(scope);
        assertThat(of(A, B, A)).isEqualTo(scope);
    }

    @Test
    void of_otherNameModeOrAnchors_isAnotherScope() {
        assertThat(of(A))
                .isNotEqualTo(of(B))
                .isNotEqualTo(of(A, B))
                .isNotEqualTo(of())
                .isNotEqualTo(Scope.of("shop", ClientAuth.REQUIRED, List.of(A)))
                .isNotEqualTo(Scope.of("", ClientAuth.OPTIONAL, List.of(A)))
                .isNotEqualTo(Scope.of("", ClientAuth.NONE, List.of(A)))
                .isNotEqualTo(of(A).toString());
        assertThat(of(A).hashCode()).isNotEqualTo(of(B).hashCode());
    }

    @Test
    void of_noName_isRefused() {
        assertThatThrownBy(() -> Scope.of(null, ClientAuth.NONE, List.of())).isInstanceOf(NullPointerException.class);
    }

    @Test
    void label_isShortAndTellsScopesApart() {
        assertThat(Scope.of("", ClientAuth.NONE, List.of(A)).label()).isEqualTo("none");
        assertThat(Scope.of("shop", ClientAuth.NONE, List.of()).label()).isEqualTo("shop/none");
        assertThat(of(A).label()).matches("required-[0-9a-f]{8}").isEqualTo(of(A, A).label());
        assertThat(of(B).label()).isNotEqualTo(of(A).label());
        assertThat(Scope.of("", "x", ClientAuth.REQUIRED, List.of(A)).label())
                .matches("required-[0-9a-f]{8}")
                .isNotEqualTo(of(A).label());
        assertThat(Scope.of("shop", ClientAuth.OPTIONAL_UNVERIFIED, List.of(A)).label())
                .matches("shop/optional-unverified-[0-9a-f]{8}");
    }

    private static Scope of(X509Certificate... anchors) {
        return Scope.of("", ClientAuth.REQUIRED, Arrays.asList(anchors));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
