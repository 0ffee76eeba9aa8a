package dev.gangway.internal.engine.conscrypt;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * When the tickets of one TLS 1.3 handshake would still have a lifetime.
 *
 * <p>BoringSSL makes them when the client has finished, which may be long after its hello. Once the session is over, or if the clock
 * was set back in between, it makes them with a lifetime of zero. Clients are to discard such a ticket (RFC 8446 section 4.6.1), but
 * the JDK's own then takes the end of the connection for an error.
 *
 * @param from when the handshake began, in whole seconds as BoringSSL counts
 * @param before when a ticket would have none left
 * @param clock the clock that BoringSSL reads
 */
record TicketWindow(Instant from, Instant before, InstantSource clock) {
    static final TicketWindow ALWAYS = new TicketWindow(Instant.MIN, Instant.MAX, () -> Instant.EPOCH);

    /**
     * @param hello when the client's hello was taken
     * @param end when the session is over
     */
    static TicketWindow of(Instant hello, Instant end, InstantSource clock) {
        Instant from = hello.truncatedTo(ChronoUnit.SECONDS);
        // BoringSSL reads the clock a moment after us, and the next second may have begun.
        Instant before = end.minusSeconds(1);
        Instant first = from.plusSeconds(1);
        return new TicketWindow(from, before.isBefore(first) ? first : before, clock);
    }

    boolean isOpen() {
        Instant now = clock.instant();
        return !now.isBefore(from) && now.isBefore(before);
    }
}
