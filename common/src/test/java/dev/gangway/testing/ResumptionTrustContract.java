package dev.gangway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.ClientAuth;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.testing.Certificates.Held;
import dev.gangway.testing.HttpsClient.Exchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With real servers of a container, a client can resume only where and while a full handshake would accept it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ResumptionTrustContract {
    protected static final List<String> PROTOCOLS = List.of("TLSv1.2", "TLSv1.3");

    private static final Held AUTHORITY = SuspiciousTrustManager.AUTHORITY;
    private static final Held OTHER_AUTHORITY = Certificates.authority("other authority");
    private static final Held INTERMEDIATE = Certificates.intermediate("intermediate", AUTHORITY);
    private static final Held CLIENT = Certificates.client("client", AUTHORITY);
    private static final Held DISTANT_CLIENT = Certificates.client("distant client", INTERMEDIATE);
    private static final Held OTHER_CLIENT = Certificates.client("other client", OTHER_AUTHORITY);
    private static final Held SERVER = Certificates.server("localhost");

    @TempDir
    protected Path folder;

    /** The setting {@code keys} of every server of a test. */
    protected String keys;

    /** The certificate of every server. */
    protected Held server = SERVER;

    private Path anchors;
    private Path otherAnchors;
    private Path revocations;

    /** The TLS engines of these tests. */
    protected abstract List<String> engines();

    /**
     * Whether a chain that is too long is refused. Java's PKIX trust manager does not: it limits the chains that it builds,
     * but accepts a complete chain of any length from a client.
     */
    protected boolean countsIntermediates() {
        return false;
    }

    /** Whether keys open no ticket of other trust settings, even if a full handshake would accept the client. */
    protected boolean keepsTrustApart() {
        return true;
    }

    protected abstract Server start(String engine, HostTrust trust) throws Exception;

    /**
     * A running container.
     *
     * @param reload makes it reload its files
     */
    public record Server(int port, Runnable reload, Runnable stop) implements AutoCloseable {
        @Override
        public void close() {
            stop.run();
        }
    }

    @BeforeEach
    void writeFiles() throws Exception {
        Path keyFile = folder.resolve("ticket.keys");
        KeyFileWriter.writeKeyset(keyFile, KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom()));
        keys = "file:" + keyFile;
        anchors = folder.resolve("anchors.p12");
        writeAnchors(anchors, AUTHORITY);
        otherAnchors = folder.resolve("other-anchors.p12");
        writeAnchors(otherAnchors, OTHER_AUTHORITY);
        revocations = folder.resolve("revocations.pem");
        revoke();
        SuspiciousTrustManager.SUSPECTS.clear();
        SuspiciousTrustManager.SUSPECTS.add(subject(DISTANT_CLIENT));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void ticketOfEachHost_shownAtEachOther_opensNoMoreThanAFullHandshake(String engine) throws Exception {
        revoke(DISTANT_CLIENT);
        HostTrust required = required();
        List<HostTrust> hosts = List.of(
                HostTrust.open(),
                HostTrust.asking("optional", ClientAuth.OPTIONAL, anchors),
                required,
                HostTrust.asking("other authority", ClientAuth.REQUIRED, otherAnchors),
                required.revoking("revoking", revocations),
                required.withIntermediates("no intermediates", 0),
                required.decidedBy("own manager", SuspiciousTrustManager.class),
                required.inScope("other scope", "other"));
        List<Server> origins = new ArrayList<>();
        List<Server> others = new ArrayList<>();
        try {
            for (HostTrust host : hosts) {
                origins.add(start(engine, host));
                others.add(start(engine, host));
            }
            for (String protocol : PROTOCOLS) {
                TicketMatrix matrix = new TicketMatrix(protocol, hosts, origins, others, keepsTrustApart());
                assertThat(matrix.show(CLIENT))
                        .containsExactly(
                                "none",
                                "optional",
                                "required",
                                "revoking",
                                "no intermediates",
                                "own manager",
                                "other scope");
                assertThat(matrix.show(DISTANT_CLIENT))
                        .containsExactlyElementsOf(
                                countsIntermediates()
                                        ? List.of("none", "optional", "required", "other scope")
                                        : List.of("none", "optional", "required", "no intermediates", "other scope"));
                // If the server requests a certificate of other authorities, the client sends none.
                assertThat(matrix.show(OTHER_CLIENT)).containsExactly("none", "optional", "other authority");
            }
        } finally {
            origins.forEach(Server::close);
            others.forEach(Server::close);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void ownTrustManagerChangesItsMind_ticketIsWorthless(String engine) throws Exception {
        try (Server a = start(engine, required().decidedBy("own manager", SuspiciousTrustManager.class))) {
            for (String protocol : PROTOCOLS) {
                HttpsClient client = holder(protocol, CLIENT, a);
                assertResumed(client, a);
                SuspiciousTrustManager.SUSPECTS.add(subject(CLIENT));
                assertThat(get(client, a)).isEmpty();
                SuspiciousTrustManager.SUSPECTS.remove(subject(CLIENT));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void revocationListChanged_ticketOfTheRevoked_isWorthlessAndOthersResume(String engine) throws Exception {
        HostTrust host = required().revoking("revoking", revocations);
        try (Server a = start(engine, host);
                Server b = start(engine, host)) {
            for (String protocol : PROTOCOLS) {
                revoke();
                b.reload().run();
                HttpsClient revoked = holder(protocol, DISTANT_CLIENT, a);
                HttpsClient twice = holder(protocol, DISTANT_CLIENT, a);
                HttpsClient other = holder(protocol, CLIENT, a);
                assertResumed(revoked, b);

                revoke(DISTANT_CLIENT);
                b.reload().run();
                assertThat(get(twice, b)).isEmpty();
                assertResumed(other, b);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void trustStoreChangedInPlace_ticketsOfThoseBefore_areWorthless(String engine) throws Exception {
        try (Server a = start(engine, required())) {
            for (String protocol : PROTOCOLS) {
                HttpsClient client = holder(protocol, CLIENT, a);
                writeAnchors(anchors, OTHER_AUTHORITY);
                a.reload().run();
                assertThat(get(client, a)).isEmpty();
                assertResumed(holder(protocol, OTHER_CLIENT, a), a);

                writeAnchors(anchors, AUTHORITY);
                a.reload().run();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void checkSwitchedOff_revokedClient_resumes(String engine) throws Exception {
        HostTrust host = required().revoking("revoking", revocations).unchecked();
        try (Server a = start(engine, host);
                Server b = start(engine, host)) {
            for (String protocol : PROTOCOLS) {
                HttpsClient client = holder(protocol, DISTANT_CLIENT, a);
                revoke(DISTANT_CLIENT);
                b.reload().run();
                assertResumed(client, b);
                revoke();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void newestTicketAgainAndAgain_endsWithTheSessionsLifetime(String engine) throws Exception {
        int lifetime = 4;
        while (!visitorsEndWithTheirSessions(engine, lifetime)) {
            // The session ended before the first connection, because the machine is busy.
            lifetime *= 2;
        }
    }

    /** @return false if {@code lifetime} seconds are too short for the test on this machine */
    private boolean visitorsEndWithTheirSessions(String engine, int lifetime) throws Exception {
        HostTrust open = HostTrust.open().forAtMost(lifetime + "s");
        HostTrust required = required().forAtMost(lifetime + "s");
        try (Server a = start(engine, open);
                Server alsoA = start(engine, open);
                Server b = start(engine, required);
                Server alsoB = start(engine, required)) {
            List<Visitor> visitors = new ArrayList<>();
            Instant start = Instant.now();
            for (String protocol : PROTOCOLS) {
                visitors.add(new Visitor(holder(protocol, CLIENT, a), alsoA, new ArrayList<>()));
                visitors.add(new Visitor(holder(protocol, CLIENT, b), alsoB, new ArrayList<>()));
            }
            // Each full handshake was before this time.
            Instant end = Instant.now().plusSeconds(lifetime);
            visitors.forEach(Visitor::visit);
            if (Instant.now().isAfter(start.plusSeconds(lifetime - 1))) {
                return false;
            }
            while (Instant.now().isBefore(end)) {
                visitors.forEach(Visitor::visit);
            }
            visitors.forEach(Visitor::visit);
            // This time is after the end of the session; because of whole seconds, a new session may have begun shortly
            // before.
            assertThat(visitors)
                    .allSatisfy(visitor -> assertThat(visitor.resumed).contains(true, false));
            return true;
        }
    }

    /** @param resumed whether each connection was resumed */
    private record Visitor(HttpsClient client, Server server, List<Boolean> resumed) {
        void visit() {
            resumed.add(get(client, server).orElseThrow().resumed());
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void clientCertificateEnds_itsTicketsEndWithIt(String engine) throws Exception {
        int seconds = 5;
        while (!ticketsEndWithTheCertificate(engine, seconds)) {
            // The certificate expired before the first connection, because the machine is busy.
            seconds *= 2;
        }
    }

    /** @return false if {@code seconds} are too short for the test on this machine */
    private boolean ticketsEndWithTheCertificate(String engine, int seconds) throws Exception {
        try (Server a = start(engine, required());
                Server b = start(engine, required())) {
            Instant end = Instant.ofEpochSecond(Instant.now().getEpochSecond() + seconds);
            Held brief = Certificates.client("brief", INTERMEDIATE, end);
            List<HttpsClient> clients = PROTOCOLS.stream()
                    .map(protocol -> visitor(protocol, brief, a))
                    .toList();
            List<Boolean> resumed = clients.stream()
                    .map(client -> get(client, b).map(Exchange::resumed).orElse(false))
                    .toList();
            if (Instant.now().isAfter(end.minusSeconds(1))) {
                return false;
            }
            assertThat(resumed).containsOnly(true);
            while (Instant.now().isBefore(end)) {
                clients.forEach(client -> get(client, a));
            }
            // OpenSSL uses a coarse clock, which is some milliseconds behind.
            RealSecond.reach(end.plusMillis(200));
            assertThat(clients).allSatisfy(client -> assertThat(get(client, b)).isEmpty());
            return true;
        }
    }

    private HostTrust required() {
        return HostTrust.asking("required", ClientAuth.REQUIRED, anchors);
    }

    static HttpsClient client(String protocol, Held client) {
        return HttpsClient.of(protocol, Certificates.keyManagers(client));
    }

    /** A client with a ticket. */
    private static HttpsClient holder(String protocol, Held client, Server server) {
        HttpsClient holder = client(protocol, client);
        assertThat(get(holder, server)).isPresent();
        return holder;
    }

    /** A client after one connection, with a ticket if it was accepted. */
    private static HttpsClient visitor(String protocol, Held client, Server server) {
        HttpsClient visitor = client(protocol, client);
        get(visitor, server);
        return visitor;
    }

    private static void assertResumed(HttpsClient client, Server server) {
        assertThat(get(client, server))
                .hasValueSatisfying(exchange -> assertThat(exchange.resumed()).isTrue());
    }

    /** The result of one connection, if the server accepted it. */
    static Optional<Exchange> get(HttpsClient client, Server server) {
        try {
            return Optional.of(client.get(server.port()))
                    .filter(exchange -> exchange.response().startsWith("HTTP/1.1 200"));
        } catch (IOException turnedAway) {
            return Optional.empty();
        }
    }

    private void revoke(Held... revoked) throws IOException {
        RevocationLists.write(revocations, List.of(AUTHORITY, INTERMEDIATE), revoked);
    }

    private static void writeAnchors(Path store, Held authority) throws IOException, CertificateEncodingException {
        Certificates.write(Certificates.trustStore(authority), store);
        Files.writeString(
                store.resolveSibling(store.getFileName() + ".pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(authority.certificate().getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    static String subject(Held held) {
        return held.certificate().getSubjectX500Principal().getName();
    }
}
