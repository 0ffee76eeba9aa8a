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
 * Clients of two real servers that send long host names, for which some Java versions make tickets that they cannot read.
 * The clients are always served, and resume if Java can read the ticket.
 */
public abstract class LongServerNamesContract {
    private static final int[] LENGTHS = {127, 128, 200, 255};

    @TempDir
    protected Path folder;

    /** Starts a server with the ticket keys {@code keys} and {@code certificate}. */
    protected abstract RunningServer start(String engine, String keys, Certificates.Held certificate) throws Exception;

    @EveryEngineAndProtocol
    void longServerName_ticketOfTheOtherNode_isServedAndResumedWhereJavaCan(String engine, String protocol)
            throws Exception {
        Path keyFile = folder.resolve("ticket.keys");
        KeyFileWriter.writeKeyset(keyFile, KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom()));
        for (int length : LENGTHS) {
            String name = LongNames.ofLength(length);
            Certificates.Held certificate = Certificates.server("localhost", name);
            try (RunningServer a = start(engine, "file:" + keyFile, certificate);
                    RunningServer b = start(engine, "file:" + keyFile, certificate)) {
                OpenSslClient client = OpenSslClient.of(folder.resolve("client-" + length), protocol);

                assertServed(client.visit(a.port(), name), length, false);
                boolean canResume = engine.equals("conscrypt") || LongNames.isReadBySunJsse(length);
                assertServed(client.visit(b.port(), name), length, canResume);
                assertServed(client.visit(a.port(), name), length, canResume);
            }
        }
    }

    private static void assertServed(Answer answer, int length, boolean resumed) {
        assertThat(answer.served()).as("%d bytes: %s", length, answer.output()).isTrue();
        assertThat(answer.resumed()).as("%d bytes: %s", length, answer.output()).isEqualTo(resumed);
    }
}
