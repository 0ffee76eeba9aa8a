package dev.gangway.tomcat;

import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("container")
class TomcatSeveralCertificatesTest extends TomcatSeveralCertificates {
    @Override
    protected List<String> engines() {
        return List.of("jdk", "conscrypt");
    }
}
