package dev.gangway.benchmarks;

import dev.gangway.internal.engine.ConnectionTickets;
import dev.gangway.internal.engine.ObservedSslEngine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;

/** Records all calls of the observer of one connection, and repeats them to other observers. */
final class RecordedHandshake implements ObservedSslEngine.Observer {
    private final ConnectionTickets tickets;
    private final List<Event> events = new ArrayList<>();

    private interface Event {
        boolean tell(ObservedSslEngine.Observer observer, SSLEngine engine);
    }

    /** @param tickets of the connection; without them its engine accepts no ticket */
    RecordedHandshake(ConnectionTickets tickets) {
        this.tickets = tickets;
    }

    @Override
    public ConnectionTickets tickets() {
        return tickets;
    }

    /** Repeats the calls to {@code observer}, until one of them returns that the observation is over. */
    void replay(ObservedSslEngine.Observer observer, SSLEngine engine) {
        for (Event event : events) {
            if (!event.tell(observer, engine)) {
                return;
            }
        }
    }

    @Override
    public boolean received(ByteBuffer bytes, int from, SSLEngineResult result, SSLEngine engine) {
        ByteBuffer copy = copy(bytes, from, result.bytesConsumed());
        events.add((observer, other) -> {
            observer.receiving(copy);
            return observer.received(copy, 0, result, other);
        });
        return true;
    }

    @Override
    public boolean sent(ByteBuffer bytes, int from, SSLEngineResult result, SSLEngine engine) {
        ByteBuffer copy = copy(bytes, from, result.bytesProduced());
        events.add((observer, other) -> observer.sent(copy, 0, result, other));
        return true;
    }

    @Override
    public boolean finished(SSLEngine engine) {
        events.add((observer, other) -> observer.finished(other));
        return true;
    }

    private static ByteBuffer copy(ByteBuffer bytes, int from, int length) {
        byte[] copy = new byte[length];
        bytes.get(from, copy);
        return ByteBuffer.wrap(copy);
    }
}
