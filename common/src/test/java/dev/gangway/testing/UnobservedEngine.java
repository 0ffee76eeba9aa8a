package dev.gangway.testing;

import dev.gangway.engine.ConnectionTickets;
import dev.gangway.engine.TicketEngine;
import dev.gangway.engine.WatchedSslEngine;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;

/**
 * The engine that does the work inside a watched one, with nobody who reads what passes. It only finds the tickets of its
 * connection: SunJSSE would take none without them.
 */
public final class UnobservedEngine {
    private UnobservedEngine() {}

    /** @param watched not used yet, and not to be used any more */
    public static SSLEngine of(TicketEngine engine, WatchedSslEngine watched) {
        // Conscrypt takes no ticket that nobody has looked at.
        engine.prepare(watched.own());
        return new WatchedSslEngine(
                watched.own(), new TicketsOnly(watched.watch().tickets()));
    }

    private record TicketsOnly(ConnectionTickets tickets) implements WatchedSslEngine.Watch {
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

        @Override
        public boolean failed(ByteBuffer bytes, int from, int length) {
            return false;
        }

        @Override
        public boolean ended() {
            return false;
        }
    }
}
