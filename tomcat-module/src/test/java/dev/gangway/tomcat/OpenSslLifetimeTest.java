package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.HandshakeOutcome;
import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeObserver;
import dev.gangway.internal.outcome.ObservedHandshake;
import dev.gangway.internal.wire.Handshake;
import dev.gangway.testing.AfterServerHello;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.RealSecond;
import dev.gangway.testing.TicketClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lifetime of tickets and contexts of engine {@code openssl}. */
@Tag("openssl")
class OpenSslLifetimeTest {
    private static final Certificates.Held CERTIFICATE = Certificates.server("localhost", "127.0.0.1");
    private static final int LIFETIME = 3600;

    @TempDir
    Path folder;

    private final byte[] key = new byte[80];
    private Path keyFile;
    private Path keyStore;

    @BeforeEach
    void writeFiles() throws Exception {
        new SecureRandom().nextBytes(key);
        keyFile = folder.resolve("ticket.key");
        Files.createFile(keyFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(keyFile, key);
        keyStore = Certificates.write(Certificates.keyStore(CERTIFICATE), folder.resolve("keystore.p12"));
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2,-1,true",
        "TLSv1.2,0,false",
        "TLSv1.2,1,false",
        "TLSv1.3,-1,true",
        "TLSv1.3,0,false",
        "TLSv1.3,1,false"
    })
    void ticket_aroundItsEnd_isTakenForTheWholeLifetimeAndNoSecondMore(String protocol, int seconds, boolean resumes)
            throws Exception {
        try (TomcatNode node = node("?verbatim", "1h").start()) {
            SSLEngine server =
                    RealSecond.within(() -> showing(node, protocol, ticket -> ticket.age(LIFETIME + seconds)));
            ObservedHandshake seen = HandshakeObserver.of(server).orElseThrow();
            assertThat(seen.outcome())
                    .isEqualTo(resumes ? HandshakeOutcome.RESUMED_ACTIVE_KEY : HandshakeOutcome.FULL_SESSION_EXPIRED);
            assertThat(seen.ticketAge()).contains(Duration.ofSeconds(LIFETIME + seconds));
        }
    }

    /** In TLS 1.3, OpenSSL's own limit counts from the issue of a ticket, and applies in addition to Gangway's. */
    @ParameterizedTest
    @CsvSource({"TLSv1.2,0,true", "TLSv1.2,1,false", "TLSv1.3,0,true", "TLSv1.3,1,false"})
    void ticket_tooOldForOpenSsl_isNotTaken(String protocol, int seconds, boolean resumes) throws Exception {
        try (TomcatNode node = node("?verbatim", "1h").start()) {
            SSLEngine server = RealSecond.within(
                    () -> showing(node, protocol, ticket -> ticket.ageForOpenSsl(LIFETIME + seconds)));
            assertThat(HandshakeObserver.of(server).orElseThrow().outcome())
                    .isEqualTo(resumes ? HandshakeOutcome.RESUMED_ACTIVE_KEY : HandshakeOutcome.FULL_TICKET_REFUSED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void ticketData_ofAnotherVersion_isNotTaken(String protocol) throws Exception {
        try (TomcatNode node = node("?verbatim", "1h").start()) {
            SSLEngine server = showing(node, protocol, ticket -> ticket.data().put(0, (byte) 2));
            assertThat(HandshakeObserver.of(server).orElseThrow().outcome())
                    .isEqualTo(HandshakeOutcome.FULL_TICKET_REFUSED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void renewedTicket_keepsTheEndOfTheFullHandshake(String protocol) throws Exception {
        byte[] newKey = new byte[80];
        new SecureRandom().nextBytes(newKey);
        Path newFile = Files.write(
                Files.createFile(
                        folder.resolve("new.key"),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                newKey);
        try (TomcatNode node = node("?verbatim", "1h").start();
                TomcatNode rotated = new TomcatNode(folder)
                        .withHost("_default_", keyStore)
                        .with(listener("file:" + newFile + "," + keyFile + "?verbatim", "1h"))
                        .start()) {
            TicketClient client = TicketClient.of(protocol);
            client.connect(engineOf(node));
            List<Long> times = new ArrayList<>();
            client.changeTickets(bytes -> RawTicket.change(bytes, key, ticket -> {
                ticket.age(1000);
                times.add(ticket.authenticatedAt());
                times.add(ticket.endsAt());
            }));
            long before = Instant.now().getEpochSecond();
            Handshake resumed = client.connect(engineOf(rotated));
            assertThat(resumed.resumed()).contains(true);
            byte[] renewed;
            if (protocol.equals("TLSv1.2")) {
                renewed = resumed.issuedTicket().orElseThrow();
            } else {
                // OpenSSL issues two tickets at first; this connection uses the other one.
                client.connect(engineOf(rotated));
                renewed = client.connect(engineOf(rotated)).offeredTicket().orElseThrow();
            }
            RawTicket opened = RawTicket.open(renewed, newKey);
            assertThat(opened.authenticatedAt()).isEqualTo(times.get(0));
            assertThat(opened.endsAt()).isEqualTo(times.get(1)).isEqualTo(times.get(0) + LIFETIME);
            assertThat(opened.issuedAt()).isGreaterThanOrEqualTo(before);
        }
    }

    /** Offers {@code node} a changed ticket, and returns the server's engine. */
    private SSLEngine showing(TomcatNode node, String protocol, Consumer<RawTicket> change) throws SSLException {
        TicketClient client = TicketClient.of(protocol);
        client.connect(engineOf(node));
        client.changeTickets(ticket -> RawTicket.change(ticket, key, change));
        SSLEngine server = engineOf(node);
        client.connect(server);
        return server;
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void opensslClient_seesTheLifetimeAsHint(String protocol) throws Exception {
        try (TomcatNode node = node("", "1h").start()) {
            ForkedTests.Result result = ForkedTests.run(List.of(
                    "sh",
                    "-c",
                    "printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n'"
                            + " | openssl s_client -ign_eof " + protocol + " -connect 127.0.0.1:" + node.port()));
            assertThat(result.output()).contains("TLS session ticket lifetime hint: " + LIFETIME + " (seconds)");
        }
    }

    /** After a leak, the keys' owner must not get a ticket of the new keys for a session that began with the old ones. */
    @Test
    void keysReplaced_betweenHelloAndTicket_doNotTakeOverTheSession() throws Exception {
        GangwayListener listener = listener("file:" + keyFile, "1h");
        try (TomcatNode node = new TomcatNode(folder)
                .withHost("_default_", keyStore)
                .with(listener)
                .start()) {
            TicketKeyManager manager = listener.ticketKeyManager().orElseThrow();
            TicketClient client = TicketClient.of("TLSv1.3");
            client.connect(engineOf(node));
            KeyRing before = manager.ring();
            Handshake resumed = client.connect(new AfterServerHello(engineOf(node), () -> {
                try {
                    Files.write(keyFile, SecureRandom.getSeed(80));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                manager.reload();
            }));
            assertThat(manager.ring()).isNotSameAs(before);
            assertThat(resumed.resumed()).contains(true);

            assertThat(client.resumes(engineOf(node))).isFalse();
            assertThat(client.resumes(engineOf(node))).isTrue();
        }
    }

    @Test
    void contexts_manyReloads_leaveNothingBehindAndReusedAddressesAreSafe() throws Exception {
        Set<Long> addresses = new HashSet<>();
        int reloads = 60;
        GangwayListener listenerOfA = listener("file:" + keyFile, "1h");
        try (TomcatNode a = new TomcatNode(folder)
                        .withHost("_default_", keyStore)
                        .with(listenerOfA)
                        .start();
                TomcatNode blue = scoped("blue").start()) {
            for (int i = 0; i < reloads; i++) {
                a.protocol().reloadSslHostConfigs();
                blue.protocol().reloadSslHostConfigs();
                addresses.add(a.host("_default_").getOpenSslContext());
                addresses.add(blue.host("_default_").getOpenSslContext());
                if (i % 10 == 0) {
                    System.gc();
                    HttpsClient client = HttpsClient.of("TLSv1.3");
                    client.get(a.port());
                    assertThat(client.get(blue.port()).resumed()).isFalse();
                    assertThat(client.get(blue.port()).resumed()).isTrue();
                }
            }
            assertThat(addresses).as("some addresses are used again").hasSizeLessThan(2 * reloads);
            TomcatHosts.assertOneInstallation(listenerOfA);
        }
    }

    private static SSLEngine engineOf(TomcatNode node) {
        return node.host("_default_")
                .getCertificates()
                .iterator()
                .next()
                .getSslContext()
                .createSSLEngine();
    }

    private TomcatNode scoped(String scope) {
        GangwayListener listener = listener("file:" + keyFile, "1h");
        listener.setScope(scope);
        return new TomcatNode(folder).withHost("_default_", keyStore).with(listener);
    }

    private TomcatNode node(String options, String lifetime) {
        return new TomcatNode(folder)
                .withHost("_default_", keyStore)
                .with(listener("file:" + keyFile + options, lifetime));
    }

    private static GangwayListener listener(String keys, String lifetime) {
        GangwayListener listener = new GangwayListener();
        listener.setKeys(keys);
        listener.setTicketLifetime(lifetime);
        listener.setEngine("openssl");
        return listener;
    }
}
