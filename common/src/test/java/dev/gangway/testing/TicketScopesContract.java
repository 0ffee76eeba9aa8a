package dev.gangway.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.ClientAuth;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.testing.HttpsClient.Exchange;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trust domains in which tickets of a container's servers open or must not open, with the same keys. */
public abstract class TicketScopesContract {
    protected static final Certificates.Held AUTHORITY = Certificates.authority("authority");
    protected static final Certificates.Held OTHER_AUTHORITY = Certificates.authority("other authority");
    protected static final Certificates.Held CLIENT = Certificates.client("client", AUTHORITY);
    protected static final Certificates.Held OTHER_CLIENT = Certificates.client("other client", OTHER_AUTHORITY);
    protected static final String SUBJECT = "CN=client";
    protected static final String OTHER_SUBJECT = "CN=other client";

    private static final Certificates.Held CERTIFICATE = Certificates.server("localhost", "a.example", "b.example");
    private static final TrustDomain DEMANDING = TrustDomain.asking(ClientAuth.REQUIRED, AUTHORITY);

    @TempDir
    protected Path folder;

    protected Path keyStore;

    /** The setting {@code keys} of every server of a test. */
    protected String keys;

    @BeforeEach
    void writeFiles() throws Exception {
        Path keyFile = folder.resolve("ticket.keys");
        KeyFileWriter.writeKeyset(keyFile, KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom()));
        keys = "file:" + keyFile;
        keyStore = Certificates.write(Certificates.keyStore(CERTIFICATE), folder.resolve("keystore.p12"));
    }

    /** Starts a server with {@link #keys} and the certificate in {@code keyStoreFile}. */
    protected abstract RunningServer start(String engine, TrustDomain domain, Path keyStoreFile) throws Exception;

    /** A running container. */
    public record RunningServer(int port, Runnable stop) implements AutoCloseable {
        @Override
        public void close() {
            stop.run();
        }
    }

    @EveryEngineAndProtocol
    void clientCertificateDemanded_ticketFromWhereNoneWasAsked_isWorthless(String engine, String protocol)
            throws Exception {
        try (RunningServer open = start(engine, TrustDomain.OPEN);
                RunningServer alsoOpen = start(engine, TrustDomain.OPEN);
                RunningServer closed = start(engine, DEMANDING);
                RunningServer alsoClosed = start(engine, DEMANDING)) {
            HttpsClient client = HttpsClient.of(protocol, keyManagers(CLIENT));
            client.get(open.port());
            assertResumed(client.get(alsoOpen.port()), "");
            assertRefusedTicket(client.get(closed.port()), SUBJECT);
            assertResumed(client.get(alsoClosed.port()), SUBJECT);

            HttpsClient nobody = HttpsClient.of(protocol);
            nobody.get(open.port());
            assertThatThrownBy(() -> nobody.get(closed.port())).isInstanceOf(IOException.class);
        }
    }

    @EveryEngineAndProtocol
    void otherAuthorityTrusted_ticketOfAClientOfTheFirst_isWorthless(String engine, String protocol) throws Exception {
        TrustDomain otherwise = TrustDomain.asking(ClientAuth.REQUIRED, OTHER_AUTHORITY);
        try (RunningServer a = start(engine, DEMANDING);
                RunningServer alsoA = start(engine, DEMANDING);
                RunningServer b = start(engine, otherwise);
                RunningServer alsoB = start(engine, otherwise)) {
            HttpsClient both = HttpsClient.of(protocol, keyManagers(CLIENT, OTHER_CLIENT));
            assertThat(both.get(a.port()).clientCertificate()).isEqualTo(SUBJECT);
            assertResumed(both.get(a.port()), SUBJECT);
            assertResumed(both.get(alsoA.port()), SUBJECT);
            assertRefusedTicket(both.get(b.port()), OTHER_SUBJECT);
            assertResumed(both.get(alsoB.port()), OTHER_SUBJECT);
            assertRefusedTicket(both.get(a.port()), SUBJECT);

            HttpsClient stranger = HttpsClient.of(protocol, keyManagers(CLIENT));
            stranger.get(a.port());
            assertResumed(stranger.get(alsoA.port()), SUBJECT);
            assertThatThrownBy(() -> stranger.get(b.port())).isInstanceOf(IOException.class);
        }
    }

    @EveryEngineAndProtocol
    void clientAuthNoneOptionalAndRequired_neverOpenEachOthersTickets(String engine, String protocol) throws Exception {
        try (RunningServer none = start(engine, TrustDomain.asking(ClientAuth.NONE, AUTHORITY));
                RunningServer alsoNone = start(engine, TrustDomain.asking(ClientAuth.NONE, AUTHORITY));
                RunningServer optional = start(engine, TrustDomain.asking(ClientAuth.OPTIONAL, AUTHORITY));
                RunningServer alsoOptional = start(engine, TrustDomain.asking(ClientAuth.OPTIONAL, AUTHORITY));
                RunningServer required = start(engine, DEMANDING);
                RunningServer alsoRequired = start(engine, DEMANDING)) {
            RunningServer[][] pairs = {{none, alsoNone}, {optional, alsoOptional}, {required, alsoRequired}};
            for (RunningServer[] pair : pairs) {
                for (RunningServer[] others : pairs) {
                    if (pair != others) {
                        HttpsClient client = HttpsClient.of(protocol, keyManagers(CLIENT));
                        client.get(pair[0].port());
                        assertResumed(client.get(pair[1].port()), pair == pairs[0] ? "" : SUBJECT);
                        assertRefusedTicket(client.get(others[0].port()), others == pairs[0] ? "" : SUBJECT);
                    }
                }
            }
        }
    }

    @EveryEngineAndProtocol
    void certificateWithheldWhereOptional_resumesWithoutOne_andNotWhereDemanded(String engine, String protocol)
            throws Exception {
        TrustDomain optional = TrustDomain.asking(ClientAuth.OPTIONAL, AUTHORITY);
        try (RunningServer a = start(engine, optional);
                RunningServer alsoA = start(engine, optional);
                RunningServer closed = start(engine, DEMANDING)) {
            HttpsClient nobody = HttpsClient.of(protocol);
            nobody.get(a.port());
            assertResumed(nobody.get(alsoA.port()), "");
            assertThatThrownBy(() -> nobody.get(closed.port())).isInstanceOf(IOException.class);
        }
    }

    @EveryEngineAndProtocol
    void scopeNames_setServersWithTheSameKeysApart(String engine, String protocol) throws Exception {
        try (RunningServer unnamed = start(engine, TrustDomain.OPEN);
                RunningServer a = start(engine, TrustDomain.named("a"));
                RunningServer alsoA = start(engine, TrustDomain.named("a"));
                RunningServer b = start(engine, TrustDomain.named("b"))) {
            HttpsClient client = HttpsClient.of(protocol);
            client.get(unnamed.port());
            assertRefusedTicket(client.get(a.port()), "");
            assertResumed(client.get(alsoA.port()), "");
            assertRefusedTicket(client.get(b.port()), "");
            assertRefusedTicket(client.get(unnamed.port()), "");
        }
    }

    @EveryEngineAndProtocol
    void otherServerName_sameScopeAndCertificate_resumesWhereTheEngineDoes(String engine, String protocol)
            throws Exception {
        try (RunningServer a = start(engine, TrustDomain.OPEN);
                RunningServer b = start(engine, TrustDomain.OPEN)) {
            OpenSslClient named = OpenSslClient.of(folder.resolve("named"), protocol);
            assertThat(named.begin(a.port(), "a.example").served()).isTrue();
            assertThat(named.resume(b.port(), "a.example").resumed()).isTrue();
            // RFC 6066 section 3 forbids it for TLS 1.2; BoringSSL leaves it to the distribution of the keys.
            boolean crosses = engine.equals("conscrypt");
            assertOffered(named.resume(b.port(), "b.example"), crosses);
            assertOffered(named.resume(b.port(), ""), true);

            OpenSslClient unnamed = OpenSslClient.of(folder.resolve("unnamed"), protocol);
            assertThat(unnamed.begin(a.port(), "").served()).isTrue();
            assertThat(unnamed.resume(b.port(), "").resumed()).isTrue();
            assertOffered(unnamed.resume(b.port(), "b.example"), crosses);
        }
    }

    @EveryEngineAndProtocol
    void otherCertificate_sameScopeAndServerName_resumesWhereTheEngineDoes(String engine, String protocol)
            throws Exception {
        Path other = Certificates.write(
                Certificates.keyStore(Certificates.server("localhost", "a.example")), folder.resolve("other.p12"));
        try (RunningServer a = start(engine, TrustDomain.OPEN);
                RunningServer b = start(engine, TrustDomain.OPEN, other)) {
            OpenSslClient client = OpenSslClient.of(folder.resolve("client"), protocol);
            client.begin(a.port(), "a.example");
            assertThat(client.resume(a.port(), "a.example").resumed()).isTrue();
            // Java 25 writes a checksum of the server's certificate into its tickets.
            boolean bound = engine.equals("jdk") && Runtime.version().feature() >= 25;
            assertOffered(client.resume(b.port(), "a.example"), !bound);
        }
    }

    @Test
    void verbatimKeys_whichKnowNoScope_areRefusedWhereCertificatesAreAsked() throws Exception {
        byte[] secret = new byte[48];
        new SecureRandom().nextBytes(secret);
        Path rawKey = folder.resolve("raw.key");
        KeyFileWriter.replace(rawKey, secret);
        keys = "file:" + rawKey + "?verbatim";
        for (ClientAuth asked : new ClientAuth[] {ClientAuth.OPTIONAL, ClientAuth.REQUIRED}) {
            assertThatThrownBy(() -> start("conscrypt", TrustDomain.asking(asked, AUTHORITY)))
                    .hasStackTraceContaining("remove 'verbatim' from keys");
        }
        try (RunningServer open = start("conscrypt", TrustDomain.OPEN)) {
            assertThat(HttpsClient.of("TLSv1.3").get(open.port()).status()).isEqualTo(200);
        }
    }

    protected final RunningServer start(String engine, TrustDomain domain) throws Exception {
        return start(engine, domain, keyStore);
    }

    protected static KeyManager[] keyManagers(Certificates.Held... clients) {
        return Certificates.keyManagers(clients);
    }

    protected static void assertResumed(Exchange exchange, String subject) {
        assertThat(exchange.resumed()).isTrue();
        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.clientCertificate()).isEqualTo(subject);
    }

    /** Asserts that the client offered a ticket, and that the server did a full handshake and serves. */
    protected static void assertRefusedTicket(Exchange exchange, String subject) {
        assertThat(exchange.handshake().offeredTicket()).isPresent();
        assertThat(exchange.resumed()).isFalse();
        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.clientCertificate()).isEqualTo(subject);
    }

    private static void assertOffered(OpenSslClient.Answer answer, boolean resumed) {
        assertThat(answer.resumed()).as(answer.output()).isEqualTo(resumed);
        assertThat(answer.served()).as(answer.output()).isTrue();
    }
}
