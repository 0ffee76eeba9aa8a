package dev.gangway.tomcat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("openssl")
class OpenSslOutcomesTest extends TomcatOutcomes {
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void counts_ofEveryOutcome_areWhatClientsDid(String protocol) throws Exception {
        countEveryOutcome("openssl", protocol);
    }
}
