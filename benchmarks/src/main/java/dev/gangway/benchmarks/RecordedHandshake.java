package dev.gangway.benchmarks;

import dev.gangway.internal.engine.ConnectionTickets;
import dev.gangway.internal.engine.ObservedSslEngine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;

/** All that a watch was told about one connection, to tell it to others. */
final class RecordedHandshake implements ObservedSslEngine.Observer {
    private final ConnectionTickets tickets;
    private final List<Event> events = new ArrayList<>();

    private interface Event {
        boolean tell(ObservedSslEngine.Observer observer, SSLEngine engine);
    }

    /** @param tickets of the connection, without which its engine takes none */
    RecordedHandshake(ConnectionTickets tickets) {
        this.tickets = tickets;
    }

    @Override
    public ConnectionTickets tickets() {
        return tickets;
    }

    /** Tells {@code watch} all of it, or as much as it wants to know. */
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
