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
 * Takes the watch off an engine of Gangway's, and so nobody decides any more which tickets it takes: SunJSSE is left the tickets
 * of its connection, and BoringSSL its own rule. The issue of tickets ends with the handshake all the same. Otherwise SunJSSE
 * issues a second ticket in TLS 1.3 when the container puts a value into the session, and that one is of the session cache: a
 * benchmark would compare two kinds of resumption.
 */
final class UnobservedEngine {
    private UnobservedEngine() {}

    /** @param observed new, as Gangway gives it to a container */
    static SSLEngine of(ObservedSslEngine observed) {
        takeTickets(observed.own());
        return new ObservedSslEngine(
                observed.own(), new IssueEnd(observed.observer().tickets()));
    }

    /** Lets an engine of Conscrypt take tickets, which it does not while nobody has looked at them. */
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

    /** Conscrypt has no such tickets, and its sessions are left alone. */
    private static final class Jdk {
        static final TicketEngine ENGINE = BenchServer.startedJdkEngine();
    }
}
