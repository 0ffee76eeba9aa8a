package dev.gangway.benchmarks;

import dev.gangway.internal.engine.ConnectionTickets;
import dev.gangway.internal.engine.ObservedSslEngine;
import dev.gangway.internal.engine.TicketEngine;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.conscrypt.Conscrypt;

/**
 * Removes the observer from one of Gangway's engines. Then Gangway no longer decides which tickets the engine accepts:
 * SunJSSE uses the tickets of its connection, and BoringSSL its own rule. As with an observer, the engine issues no tickets
 * after the handshake. Otherwise, in TLS 1.3, SunJSSE would issue a second ticket when the container puts a value into the
 * session. That ticket refers to the session cache, so a benchmark would compare two kinds of resumption.
 */
final class UnobservedEngine {
    private UnobservedEngine() {}

    /** @param observed new, as a container gets it from Gangway */
    static SSLEngine of(ObservedSslEngine observed) {
        takeTickets(observed.own());
        return new ObservedSslEngine(
                observed.own(), new IssueEnd(observed.observer().tickets()));
    }

    /** Enables tickets for an engine of Conscrypt, which are disabled until an observer has checked them. */
    static void takeTickets(SSLEngine engine) {
        if (Conscrypt.isConscrypt(engine)) {
            Conscrypt.setUseSessionTickets(engine, true);
        }
    }

    private record IssueEnd(ConnectionTickets tickets) implements ObservedSslEngine.Observer {
        @Override
        public boolean received(ByteBuffer bytes, int from, SSLEngineResult result, SSLEngine engine) {
            return goOn(result, result.bytesProduced(), engine);
        }

        @Override
        public boolean sent(ByteBuffer bytes, int from, SSLEngineResult result, SSLEngine engine) {
            return goOn(result, result.bytesConsumed(), engine);
        }

        private static boolean goOn(SSLEngineResult result, int data, SSLEngine engine) {
            return (data == 0 && result.getHandshakeStatus() != HandshakeStatus.FINISHED) || finish(engine);
        }

        @Override
        public boolean finished(SSLEngine engine) {
            return finish(engine);
        }

        private static boolean finish(SSLEngine engine) {
            Jdk.ENGINE.issueNoMoreTickets(engine);
            return false;
        }
    }

    /** Used for SunJSSE only: Conscrypt issues no such tickets. */
    private static final class Jdk {
        static final TicketEngine ENGINE = BenchServer.startedJdkEngine();
    }
}
