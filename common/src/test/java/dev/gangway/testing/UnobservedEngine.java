package dev.gangway.testing;

import dev.gangway.internal.engine.ConnectionTickets;
import dev.gangway.internal.engine.ObservedSslEngine;
import dev.gangway.internal.engine.TicketEngine;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;

/**
 * The engine inside an observed one, without an observer of its handshake. It only finds the tickets of its connection,
 * without which SunJSSE would accept none.
 */
public final class UnobservedEngine {
    private UnobservedEngine() {}

    /** @param observed not used before, nor to be used afterwards */
    public static SSLEngine of(TicketEngine engine, ObservedSslEngine observed) {
        // By default, Conscrypt accepts only tickets that an observer has checked.
        engine.prepare(observed.own());
        return new ObservedSslEngine(
                observed.own(), new TicketsOnly(observed.observer().tickets()));
    }

    private record TicketsOnly(ConnectionTickets tickets) implements ObservedSslEngine.Observer {
        @Override
        public boolean received(ByteBuffer bytes, int from, SSLEngineResult result, SSLEngine engine) {
            return true;
        }

        @Override
        public boolean sent(ByteBuffer bytes, int from, SSLEngineResult result, SSLEngine engine) {
            return true;
        }

        @Override
        public boolean finished(SSLEngine engine) {
            return true;
        }
    }
}
