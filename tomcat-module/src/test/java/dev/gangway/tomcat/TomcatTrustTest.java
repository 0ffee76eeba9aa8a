package dev.gangway.tomcat;

import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("container")
class TomcatTrustTest extends TomcatTrust {
    @Override
    protected List<String> engines() {
        return List.of("jdk", "conscrypt");
    }
}
