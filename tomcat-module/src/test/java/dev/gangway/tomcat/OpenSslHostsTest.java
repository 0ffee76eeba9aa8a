package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.Http2Client;
import dev.gangway.testing.HttpsClient;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts of engine {@code openssl}: their trust, certificates and reloads. See {@link OpenSslOnNewerJavaTest}. */
@Tag("openssl")
class OpenSslHostsTest extends OpenSslNodes {
    private static final Certificates.Held RSA_CERTIFICATE = Certificates.rsaServer("localhost", "127.0.0.1");

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientCertificateDemanded_ticketOfAnotherTrust_isWorthless(String protocol) throws Exception {
        Certificates.Held authority = Certificates.authority("authority");
        Certificates.Held rival = Certificates.authority("rival");
        try (TomcatNode open = node().with(listener()).start();
                TomcatNode closed = demanding(authority).with(listener()).start();
                TomcatNode alsoClosed = demanding(authority).with(listener()).start();
                TomcatNode byFile = demandingByFile(authority).with(listener()).start();
                TomcatNode alsoByFile =
                        demandingByFile(authority).with(listener()).start();
                TomcatNode byRival =
                        demandingByFile(authority, rival).with(listener()).start()) {
            KeyManager[] certificate = Certificates.keyManagers(Certificates.client("client", authority));
            HttpsClient client = HttpsClient.of(protocol, certificate);
            client.get(open.port());
            HttpsClient.Exchange full = client.get(closed.port());
            assertThat(full.resumed()).isFalse();
            assertThat(full.status()).isEqualTo(200);
            HttpsClient.Exchange resumed = client.get(alsoClosed.port());
            assertThat(resumed.resumed()).as("same trust").isTrue();
            assertThat(resumed.clientCertificate())
                    .as("what the application sees")
                    .isEqualTo("CN=client");
            assertThat(client.get(byFile.port()).resumed())
                    .as("OpenSSL decides, and no trust manager")
                    .isFalse();
            assertThat(client.get(alsoByFile.port()).resumed())
                    .as("same trust, from a file")
                    .isTrue();
            assertThat(client.get(byRival.port()).resumed())
                    .as("one more anchor")
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void scope_named_keepsTicketsApart(String protocol) throws Exception {
        GangwayListener named = listener();
        named.setScope("blue");
        try (TomcatNode a = node().with(listener()).start();
                TomcatNode blue = node().with(named).start()) {
            HttpsClient client = HttpsClient.of(protocol);
            client.get(a.port());
            assertThat(client.get(blue.port()).resumed()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void reloadSslHostConfigs_newContexts_openTicketsFromBeforeAndOldOnesGo(String protocol) throws Exception {
        GangwayListener listener = listener();
        try (TomcatNode a = node().with(listener).start();
                TomcatNode b = node().with(listener()).start()) {
            TomcatHosts.assertReloadsKeepTickets(a, b, listener, protocol, 30);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void severalHostsAndCertificates_each_resumesAcrossNodes(String protocol) throws Exception {
        Path rsa = Certificates.write(Certificates.keyStore(RSA_CERTIFICATE), folder.resolve("rsa.p12"));
        Path other =
                Certificates.write(Certificates.keyStore(Certificates.server("b.example")), folder.resolve("b.p12"));
        try (TomcatNode a = severalHosts(rsa, other);
                TomcatNode b = severalHosts(rsa, other)) {
            TomcatHosts.assertEachHostResumes(a, b, protocol);
        }
    }

    @Test
    void http2_overAlpn_isNegotiated() throws Exception {
        try (TomcatNode a = node().with(listener()).start()) {
            HttpResponse<String> response = new Http2Client().get("localhost", a.port());

            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    private TomcatNode severalHosts(Path rsa, Path other) throws Exception {
        return new TomcatNode(folder)
                .withHost(DEFAULT_HOST, keyStore, rsa)
                .withHost("b.example", other)
                .with(listener())
                .start();
    }

    private TomcatNode demanding(Certificates.Held authority) {
        Path trust = Certificates.write(Certificates.trustStore(authority), folder.resolve("trust.p12"));
        TomcatNode node = node();
        SSLHostConfig host = node.host(DEFAULT_HOST);
        host.setTruststoreFile(trust.toString());
        host.setTruststorePassword("changeit");
        host.setCertificateVerification("required");
        return node;
    }

    private TomcatNode demandingByFile(Certificates.Held... authorities) throws Exception {
        StringBuilder pem = new StringBuilder();
        for (Certificates.Held authority : authorities) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder()
                            .encodeToString(authority.certificate().getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        Path file = Files.writeString(folder.resolve("ca" + authorities.length + ".pem"), pem);
        TomcatNode node = node();
        SSLHostConfig host = node.host(DEFAULT_HOST);
        host.setCaCertificateFile(file.toString());
        host.setCertificateVerification("required");
        return node;
    }
}
