package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.OpenSslClient;
import dev.gangway.testing.Prerequisite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Raw keys used byte for byte: a real nginx and a Tomcat with the same file resume each other's tickets. */
@Tag("openssl")
class OpenSslVerbatimTest {
    private static final Certificates.Held CERTIFICATE = Certificates.server("localhost", "127.0.0.1");

    @TempDir
    Path folder;

    private Path key;

    @BeforeEach
    void requireNginx() {
        Prerequisite.require(NginxNode.installed().isPresent(), "nginx (see .ci/install-clients)");
        key = folder.resolve("ticket.key");
    }

    @ParameterizedTest
    @CsvSource({"80,TLSv1.2", "80,TLSv1.3", "48,TLSv1.2", "48,TLSv1.3"})
    void nginx_sameKeyFileAndCertificate_bothResumeTheOthersTickets(int length, String protocol) throws Exception {
        writeKey(length);
        try (NginxNode nginx = NginxNode.start(folder, key, CERTIFICATE);
                TomcatNode tomcat = tomcat(CERTIFICATE).start()) {
            HttpsClient fromNginx = HttpsClient.of(protocol);
            assertThat(fromNginx.get(nginx.port()).resumed()).isFalse();
            assertThat(fromNginx.get(tomcat.port()).resumed()).isTrue();

            HttpsClient fromTomcat = HttpsClient.of(protocol);
            assertThat(fromTomcat.get(tomcat.port()).resumed()).isFalse();
            HttpsClient.Exchange atNginx = fromTomcat.get(nginx.port());
            assertThat(atNginx.resumed()).isTrue();
            assertThat(atNginx.status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void nginx_demandsCertificates_bothResumeOnlyForTheSameAuthorities(String protocol) throws Exception {
        writeKey(80);
        Certificates.Held authority = Certificates.authority("authority");
        Certificates.Held rival = Certificates.authority("rival");
        try (NginxNode nginx = NginxNode.start(folder, key, CERTIFICATE, authority);
                TomcatNode same = demanding(authority).start();
                TomcatNode open = open(authority).start();
                TomcatNode optional = asking("optional", authority).start();
                TomcatNode more = demanding(authority, rival).start()) {
            HttpsClient client =
                    HttpsClient.of(protocol, Certificates.keyManagers(Certificates.client("client", authority)));
            assertThat(client.get(open.port()).resumed()).isFalse();
            assertThat(client.get(same.port()).resumed())
                    .as("asked for no certificate")
                    .isFalse();
            assertThat(client.get(optional.port()).resumed()).isFalse();
            assertThat(client.get(optional.port()).resumed()).isTrue();
            assertThat(client.get(same.port()).resumed()).as("may be withheld").isFalse();
            assertThat(client.get(nginx.port()).resumed()).isTrue();
            assertThat(client.get(same.port()).resumed()).isTrue();
            assertThat(client.get(more.port()).resumed())
                    .as("trusts another, too")
                    .isFalse();
        }
    }

    /** nginx writes no data into its tickets: their lifetime counts from the time that OpenSSL has written. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void nginxTicket_olderThanTheLifetimeHere_isNotTaken(String protocol) throws Exception {
        writeKey(80);
        GangwayListener listener = new GangwayListener();
        listener.setKeys("file:" + key + "?verbatim");
        listener.setEngine("openssl");
        listener.setTicketLifetime("4s");
        Path store = Certificates.write(Certificates.keyStore(CERTIFICATE), folder.resolve("brief.p12"));
        try (NginxNode nginx = NginxNode.start(folder, key, CERTIFICATE);
                TomcatNode tomcat = new TomcatNode(folder)
                        .withHost("_default_", store)
                        .with(listener)
                        .start()) {
            OpenSslClient client = OpenSslClient.of(folder.resolve("client"), protocol);
            // OpenSSL's client keeps the ticket unchanged, and offers it again.
            client.begin(nginx.port(), "");
            Instant end = Instant.now().plusSeconds(4);
            boolean resumed = client.resume(tomcat.port(), "").resumed();
            assertThat(resumed || Instant.now().isAfter(end.minusSeconds(1))).isTrue();
            while (Instant.now().isBefore(end)) {
                client.resume(tomcat.port(), "");
            }
            assertThat(client.resume(tomcat.port(), "").resumed()).isFalse();
        }
    }

    /** When nginx renews a ticket in TLS 1.3, OpenSSL keeps the data that Gangway has written. */
    @Test
    void ticketRenewedByNginx_keepsTheEndOfTheFullHandshake() throws Exception {
        writeKey(80);
        byte[] bytes = Files.readAllBytes(key);
        try (NginxNode nginx = NginxNode.start(folder, key, CERTIFICATE);
                TomcatNode tomcat = tomcat(CERTIFICATE).start()) {
            HttpsClient client = HttpsClient.of("TLSv1.3");
            client.get(tomcat.port());
            client.changeTickets(ticket -> RawTicket.change(ticket, bytes, opened -> opened.age(1000)));
            long before = Instant.now().getEpochSecond();
            // OpenSSL issues two tickets at first.
            RawTicket last = null;
            for (int i = 0; i < 3; i++) {
                HttpsClient.Exchange exchange = client.get(nginx.port());
                assertThat(exchange.resumed()).isTrue();
                last = RawTicket.open(exchange.handshake().offeredTicket().orElseThrow(), bytes);
            }
            assertThat(last.timeForOpenSsl()).isGreaterThanOrEqualTo(before);
            assertThat(last.authenticatedAt()).isLessThan(before - 900);
            assertThat(last.endsAt())
                    .isEqualTo(last.authenticatedAt() + Duration.ofHours(6).toSeconds());
            assertThat(client.get(tomcat.port()).resumed()).isTrue();
        }
    }

    @Test
    void otherCertificate_sameKeyFile_isKeptApart() throws Exception {
        writeKey(80);
        try (TomcatNode a = tomcat(CERTIFICATE).start();
                TomcatNode b = tomcat(Certificates.server("localhost")).start()) {
            HttpsClient client = HttpsClient.of("TLSv1.3");
            client.get(a.port());
            assertThat(client.get(b.port()).resumed()).isFalse();
        }
    }

    private void writeKey(int length) throws Exception {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(key, bytes);
    }

    /** Has trusted authorities, but requests no client certificate. */
    private TomcatNode open(Certificates.Held authority) {
        TomcatNode node = tomcat(CERTIFICATE);
        Path trust = Certificates.write(Certificates.trustStore(authority), folder.resolve("trust.p12"));
        node.host("_default_").setTruststoreFile(trust.toString());
        node.host("_default_").setTruststorePassword("changeit");
        return node;
    }

    private TomcatNode demanding(Certificates.Held... authorities) throws Exception {
        return asking("required", authorities);
    }

    private TomcatNode asking(String verification, Certificates.Held... authorities) throws Exception {
        Path file = folder.resolve("ca" + authorities.length + ".pem");
        NginxNode.pem(file, authorities);
        TomcatNode node = tomcat(CERTIFICATE);
        SSLHostConfig host = node.host("_default_");
        host.setCaCertificateFile(file.toString());
        host.setCertificateVerification(verification);
        return node;
    }

    private TomcatNode tomcat(Certificates.Held certificate) {
        Path store = folder.resolve(certificate.certificate().getSerialNumber() + ".p12");
        Certificates.write(Certificates.keyStore(certificate), store);
        GangwayListener listener = new GangwayListener();
        listener.setKeys("file:" + key + "?verbatim");
        listener.setEngine("openssl");
        return new TomcatNode(folder).withHost("_default_", store).with(listener);
    }
}
