package dev.gangway.testing;

import dev.gangway.internal.engine.ConnectionTickets;
import dev.gangway.internal.engine.ObservedSslEngine;
import dev.gangway.internal.engine.TicketEngine;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;

/**
 * The engine that does the work inside a observed one, with nobody who reads what passes. It only finds the tickets of its
 * connection: SunJSSE would take none without them.
 */
public final class UnobservedEngine {
    private UnobservedEngine() {}

    /** @param observed not used yet, and not to be used any more */
    public static SSLEngine of(TicketEngine engine, ObservedSslEngine observed) {
        // Conscrypt takes no ticket that nobody has looked at.
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
