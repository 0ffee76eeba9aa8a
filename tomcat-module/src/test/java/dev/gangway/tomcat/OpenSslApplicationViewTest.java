package dev.gangway.tomcat;

import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("openssl")
class OpenSslApplicationViewTest extends TomcatApplicationView {
    @Override
    protected List<String> engines() {
        return List.of("openssl");
    }
}
