package dev.gangway.acceptance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.examples.node.ContainerKind;
import dev.gangway.examples.node.RunningNode;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resumption with two more independent clients. */
class GnuTlsAndCurlTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"jdk,TLS1.2", "jdk,TLS1.3", "conscrypt,TLS1.2", "conscrypt,TLS1.3"})
    void gnutls_secondConnectionLandsOnTheOtherNode_isResumed(String engine, String tls) throws Exception {
        Fleet fleet = new Fleet(folder, engine);
        try (RunningNode jetty = fleet.start(ContainerKind.JETTY);
                RunningNode tomcat = fleet.start(ContainerKind.TOMCAT)) {
            assertThat(GnuTlsClient.connectAcross(jetty.port(), tomcat.port(), tls))
                    .contains("This is a resumed session");
        }
        try (RunningNode jetty = fleet.startStock(ContainerKind.JETTY);
                RunningNode tomcat = fleet.startStock(ContainerKind.TOMCAT)) {
            assertThat(GnuTlsClient.connectAcross(jetty.port(), tomcat.port(), tls))
                    .contains("Handshake was completed")
                    .doesNotContain("This is a resumed");
        }
    }

    @ParameterizedTest
    @CsvSource({"JETTY,jdk", "JETTY,conscrypt", "TOMCAT,jdk", "TOMCAT,conscrypt"})
    void curl_http2_isServed(ContainerKind container, String engine) throws Exception {
        Fleet fleet = new Fleet(folder, engine);
        try (RunningNode node = fleet.start(container)) {
            String output = CurlClient.get(node.port());
            assertThat(output).endsWith("HTTP/2 200").contains("\"protocol\":\"TLSv1.3\"");
        }
    }
}
