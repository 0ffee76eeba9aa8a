package dev.gangway.tomcat;

import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("openssl")
class OpenSslSeveralCertificatesTest extends TomcatSeveralCertificates {
    @Override
    protected List<String> engines() {
        return List.of("openssl");
    }
}
