package dev.gangway.tomcat;

import java.util.List;
import org.junit.jupiter.api.Tag;

/** OpenSSL with trust stores: a trust manager of Java decides. */
@Tag("openssl")
class OpenSslTrustTest extends TomcatTrust {
    @Override
    protected List<String> engines() {
        return List.of("openssl");
    }
}
