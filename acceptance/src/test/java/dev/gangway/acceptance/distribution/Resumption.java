package dev.gangway.acceptance.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.acceptance.interop.OpenSslClient;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Asserts that {@code openssl} resumes on one node with the ticket of another, and that shared keys are the reason. */
final class Resumption {
    private final DistributionNode a;
    private final DistributionNode b;
    private final String host;
    private final List<String> clientArguments;

    private Resumption(DistributionNode a, DistributionNode b, String host, List<String> clientArguments) {
        this.a = a;
        this.b = b;
        this.host = host;
        this.clientArguments = clientArguments;
    }

    static Resumption between(DistributionNode a, DistributionNode b) {
        return new Resumption(a, b, "localhost", List.of());
    }

    /** The same with {@code name} in SNI and Host header. */
    Resumption at(String name) {
        return new Resumption(a, b, name, clientArguments);
    }

    /** The same with more arguments for {@code openssl s_client}, such as a client certificate. */
    Resumption with(String... moreClientArguments) {
        return new Resumption(a, b, host, List.of(moreClientArguments));
    }

    /**
     * Asserts that the second node resumes with a ticket of the first.
     *
     * @param tls {@code tls1_2} or {@code tls1_3}
     */
    void assertWorks(String tls) throws Exception {
        Path session = session(a, tls);
        try {
            assertThat(show(b, tls, session)).as("%s at %s", tls, host).isEqualTo("Reused");
        } finally {
            Files.delete(session);
        }
    }

    /** Asserts that a ticket of the first node leads to a full handshake on the second. */
    void assertDoesNotWork(String tls) throws Exception {
        Path session = session(a, tls);
        try {
            assertThat(show(b, tls, session)).as("%s at %s", tls, host).isEqualTo("New");
        } finally {
            Files.delete(session);
        }
    }

    /**
     * Asserts that the second node resumes because of its key file: with other keys, a ticket of the first node leads to a
     * full handshake, and after a return to the shared keys the node resumes again.
     */
    void assertKeyFileIsTheReason(List<TicketKey> shared, List<String> protocols) throws Exception {
        for (String tls : protocols) {
            Path session = session(a, tls);
            try {
                assertThat(show(b, tls, session)).as(tls).isEqualTo("Reused");
                b.replaceKeys(FleetKeys.fresh());
                awaitVerdict("New", tls, session);
                b.replaceKeys(shared);
                awaitVerdict("Reused", tls, session);
            } finally {
                Files.delete(session);
            }
        }
    }

    private Path session(DistributionNode node, String tls) throws Exception {
        Path session = Files.createTempFile("session", ".pem");
        assertThat(OpenSslClient.connect(node.port(), host, tls, "-sess_out", session, arguments()))
                .as("%s at %s", tls, host)
                .isEqualTo("New");
        return session;
    }

    private String show(DistributionNode node, String tls, Path session) throws Exception {
        return OpenSslClient.connect(node.port(), host, tls, "-sess_in", session, arguments());
    }

    private String[] arguments() {
        return clientArguments.toArray(String[]::new);
    }

    // The node reads its key file periodically, and does not report it.
    private void awaitVerdict(String expected, String tls, Path session) throws Exception {
        Await.until(tls + ": " + expected, () -> show(b, tls, session).equals(expected));
    }
}
