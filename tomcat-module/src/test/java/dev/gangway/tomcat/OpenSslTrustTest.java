package dev.gangway.tomcat;

import java.util.List;
import org.junit.jupiter.api.Tag;

/** OpenSSL with trust stores: a Java trust manager checks client certificates. */
@Tag("openssl")
class OpenSslTrustTest extends TomcatTrust {
    @Override
    protected List<String> engines() {
        return List.of("openssl");
    }
}
