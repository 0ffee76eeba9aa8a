package dev.gangway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.testing.OpenSslClient.Answer;
import dev.gangway.testing.TicketScopesContract.RunningServer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients of two real servers that ask for small fragments (RFC 6066 section 4) and fill them. Not for Tomcat, which ends such
 * connections when they are resumed with the JDK's TLS, with or without Gangway.
 */
public abstract class SmallFragmentsContract {
    private static final int SEVERAL_FRAGMENTS = 4_000;

    @TempDir
    protected Path folder;

    /** Starts a server with the ticket keys {@code keys} and {@code certificate}. */
    protected abstract RunningServer start(String engine, String keys, Certificates.Held certificate) throws Exception;

    @EveryEngineAndProtocol
    void smallFragments_fullAndResumedOnTheOtherNode_areServed(String engine, String protocol) throws Exception {
        Path keyFile = folder.resolve("ticket.keys");
        KeyFileWriter.writeKeyset(keyFile, KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom()));
        Certificates.Held certificate = Certificates.server("localhost");
        try (RunningServer a = start(engine, "file:" + keyFile, certificate);
                RunningServer b = start(engine, "file:" + keyFile, certificate)) {
            OpenSslClient client = OpenSslClient.of(folder.resolve("client"), protocol)
                    .with("-maxfraglen", "512")
                    .withLongerRequests(SEVERAL_FRAGMENTS);

            assertServed(client.visit(a.port(), "localhost"), false);
            assertServed(client.visit(b.port(), "localhost"), true);
            assertServed(client.visit(a.port(), "localhost"), true);
        }
    }

    private static void assertServed(Answer answer, boolean resumed) {
        assertThat(answer.served()).as(answer.output()).isTrue();
        assertThat(answer.resumed()).as(answer.output()).isEqualTo(resumed);
    }
}
