package dev.gangway.jetty;

import dev.gangway.testing.PublicApi;
import org.junit.jupiter.api.Test;

class PublicApiTest {
    @Test
    void publicTypesOfThisModule_areAsKept() throws Exception {
        PublicApi.requireAsKept();
    }
}
