package dev.gangway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.EveryEngineAndProtocol;
import dev.gangway.testing.FixedKeySource;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.TicketClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class TicketResumptionTest {
    private static final Certificates.Held CERTIFICATE = Certificates.server("localhost");

    private final TicketSettings settings = TicketSettings.ofKeys(new FixedKeySource("test", rawKey()));

    @EveryEngineAndProtocol
    void newSslContext_otherProcessWithTheSameKeys_resumes(String engine, String protocol) throws Exception {
        try (TicketResumption a = TicketResumption.start(settings.withEngine(engine));
                TicketResumption b = TicketResumption.start(settings.withEngine(engine))) {
            TicketClient client = TicketClient.of(protocol);

            client.connect(context(a).createSSLEngine());
            assertThat(client.resumes(context(b).createSSLEngine())).isTrue();
        }
    }

    @EveryEngineAndProtocol
    void newSslContext_otherScope_doesAFullHandshake(String engine, String protocol) throws Exception {
        try (TicketResumption a = TicketResumption.start(settings.withEngine(engine));
                TicketResumption b =
                        TicketResumption.start(settings.withEngine(engine).withScope("b"))) {
            TicketClient client = TicketClient.of(protocol);

            client.connect(context(a).createSSLEngine());
            assertThat(client.resumes(context(b).createSSLEngine())).isFalse();
        }
    }

    /** As its Javadoc says, only engines share tickets. */
    @EveryEngineAndProtocol
    void serverSocketOfAContext_ticketOfAnotherNode_isServedWithAFullHandshake(String engine, String protocol)
            throws Exception {
        try (TicketResumption a = TicketResumption.start(settings.withEngine(engine));
                TicketResumption b = TicketResumption.start(settings.withEngine(engine));
                SSLServerSocket atA = serverSocket(context(a));
                SSLServerSocket atB = serverSocket(context(b))) {
            HttpsClient client = HttpsClient.of(protocol);

            assertThat(client.get(atA.getLocalPort()).status()).isEqualTo(200);
            HttpsClient.Exchange elsewhere = client.get(atB.getLocalPort());
            assertThat(elsewhere.status()).isEqualTo(200);
            assertThat(elsewhere.resumed()).isFalse();
        }
    }

    @Test
    void ticketKeys_beforeAndAfterTheFirstContextAndTheEnd_tellTheState() throws Exception {
        TicketResumption tickets = TicketResumption.start(settings);
        TicketKeysMXBean keys = tickets.ticketKeys();
        assertThat(keys.getState()).isEqualTo("NOT_SHARING");
        assertThat(keys.getFault())
                .isEqualTo("no TLS context has these keys: make one with newSslContext, and call its init");

        SSLContext context = context(tickets);
        assertThat(keys.getState()).isEqualTo("SHARING");
        assertThat(keys.getFault()).isEmpty();

        tickets.close();
        assertThat(keys.getState()).isEqualTo("CLOSED");
        assertThat(TicketClient.of("TLSv1.3").connect(context.createSSLEngine()).resumed())
                .contains(false);
    }

    @Test
    void start_settingsThatCannotBe_areRefusedByName() {
        assertThatThrownBy(() -> TicketResumption.start(settings.withEngine("boring")))
                .hasMessage("engine 'boring' is unknown; the engines are: jdk, conscrypt");
        assertThatThrownBy(() -> TicketResumption.start(settings.withTicketLifetime(Duration.ofDays(8))))
                .hasMessageContaining("ticketLifetime 8d is outside 1s to 7d");
        assertThatThrownBy(() -> TicketResumption.start(settings.withScope(" a")))
                .hasMessageContaining("did you mean 'a'?");
    }

    @Test
    void settings_asText_isAsAnOperatorWouldWriteIt() {
        assertThat(settings.withScope("shop"))
                .hasToString(
                        "keys=test engine=jdk ticketLifetime=6h pollInterval=10s scope=shop checkClientCertificates=true");
    }

    private static SSLContext context(TicketResumption tickets) throws Exception {
        SSLContext context = tickets.newSslContext(ClientAuth.NONE);
        context.init(Certificates.keyManagers(CERTIFICATE), null, null);
        return context;
    }

    private static SSLServerSocket serverSocket(SSLContext context) throws IOException {
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread serving = new Thread(() -> serveOne(socket), "test-server");
        serving.setDaemon(true);
        serving.start();
        return socket;
    }

    private static void serveOne(SSLServerSocket listening) {
        try (SSLSocket socket = (SSLSocket) listening.accept()) {
            // The request fits into one read.
            int unused = socket.getInputStream().read(new byte[4096]);
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] rawKey() {
        byte[] key = new byte[80];
        new SecureRandom().nextBytes(key);
        return key;
    }
}
