package dev.gangway.tomcat;

import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("openssl")
class OpenSslFailedReloadTest extends FailedReloads {
    @Override
    List<String> engines() {
        return List.of("openssl");
    }
}
