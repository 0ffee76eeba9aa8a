package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.OpenSslClient;
import java.nio.file.Path;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client certificates in tickets of OpenSSL, with Java's and OpenSSL's clients. */
@Tag("openssl")
class OpenSslClientCertificatesTest extends OpenSslNodes {
    private static final Certificates.Held AUTHORITY = Certificates.authority("authority");
    private static final Certificates.Held OTHER_AUTHORITY = Certificates.authority("other authority");
    private static final Certificates.Held CLIENT = Certificates.client("client", AUTHORITY);
    private static final Certificates.Held OTHER_CLIENT = Certificates.client("other client", OTHER_AUTHORITY);

    /** Renegotiation in TLS 1.2, authentication after the handshake in TLS 1.3. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void certificateAskedForLater_opensslClient_noTicketHoldsIt(String protocol) throws Exception {
        try (TomcatNode a = withLogin(AUTHORITY).start();
                TomcatNode b = withLogin(OTHER_AUTHORITY).start()) {
            OpenSslClient client = OpenSslClient.of(folder.resolve("client"), protocol)
                    .with("-enable_pha")
                    .withCertificate(CLIENT);
            OpenSslClient.Answer first = client.begin(a.port(), "");
            assertThat(first.served()).as(first.output()).isTrue();
            assertThat(first.clientCertificate()).isEqualTo("CN=client");
            assertThat(client.resume(b.port(), "").served()).isFalse();

            OpenSslClient.Answer second = client.resume(a.port(), "");
            assertThat(second.served()).as(second.output()).isTrue();
            OpenSslClient withoutCertificate =
                    OpenSslClient.of(folder.resolve("client"), protocol).with("-enable_pha");
            assertThat(withoutCertificate.resume(a.port(), "").served()).isFalse();
        }
    }

    @Test
    void certificateAskedForLater_javaClient_noTicketHoldsIt() throws Exception {
        try (TomcatNode a = withLogin(AUTHORITY).start();
                TomcatNode b = withLogin(OTHER_AUTHORITY).start()) {
            HttpsClient client = HttpsClient.of("TLSv1.2", Certificates.keyManagers(CLIENT, OTHER_CLIENT));
            assertThat(client.get(a.port()).clientCertificate()).isEqualTo("CN=client");
            assertThat(client.get(b.port()).clientCertificate()).isEqualTo("CN=other client");
            assertThat(client.get(a.port()).clientCertificate()).isEqualTo("CN=client");
        }
    }

    /** With the longer chain, OpenSSL could not put the session into a ticket, and would abort the handshake. */
    @ParameterizedTest
    @CsvSource({"TLSv1.2,20000", "TLSv1.2,80000", "TLSv1.3,20000", "TLSv1.3,80000"})
    void chainTooLongForATicket_isServedWithoutOne(String protocol, int length) throws Exception {
        Certificates.Held client = Certificates.clientWithLargeChain("large", AUTHORITY, length);
        Path chain = folder.resolve("chain.pem");
        NginxNode.pem(
                chain,
                client.issuer().orElseThrow(),
                client.issuer().orElseThrow().issuer().orElseThrow());
        try (TomcatNode a = byFile("required", AUTHORITY).start()) {
            HttpsClient java = HttpsClient.of(protocol, Certificates.keyManagers(client));
            OpenSslClient openssl = OpenSslClient.of(folder.resolve("client"), protocol)
                    .withCertificate(client)
                    .with("-cert_chain", chain.toString());
            for (int i = 0; i < 2; i++) {
                HttpsClient.Exchange exchange = java.get(a.port());
                assertThat(exchange.status()).isEqualTo(200);
                assertThat(exchange.resumed()).isFalse();
                assertThat(exchange.handshake().offeredTicket()).isEmpty();
                OpenSslClient.Answer answer = openssl.connect(a.port());
                assertThat(answer.served()).as(answer.output()).isTrue();
                assertThat(answer.output()).doesNotContain("TLS session ticket:");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void optionalNoCa_strangersCertificate_resumesAsItDoesWithAFullHandshake(String protocol) throws Exception {
        try (TomcatNode a = byFile("optionalNoCA", AUTHORITY).start();
                TomcatNode b = byFile("optionalNoCA", AUTHORITY).start()) {
            OpenSslClient client =
                    OpenSslClient.of(folder.resolve("client"), protocol).withCertificate(OTHER_CLIENT);
            assertThat(client.begin(a.port(), "").clientCertificate()).isEqualTo("CN=other client");
            OpenSslClient.Answer resumed = client.resume(b.port(), "");
            assertThat(resumed.resumed()).isTrue();
            assertThat(resumed.clientCertificate()).isEqualTo("CN=other client");
        }
    }

    private TomcatNode withLogin(Certificates.Held authority) throws Exception {
        return byFile("none", authority).withLogin("CN=client", "CN=other client");
    }

    private TomcatNode byFile(String verification, Certificates.Held authority) throws Exception {
        Path file = folder.resolve(authority.certificate().getSerialNumber() + ".pem");
        NginxNode.pem(file, authority);
        TomcatNode node = node().with(listener());
        SSLHostConfig host = node.host(DEFAULT_HOST);
        host.setCaCertificateFile(file.toString());
        host.setCertificateVerification(verification);
        return node;
    }
}
