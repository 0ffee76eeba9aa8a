package dev.gangway.internal.engine.conscrypt;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The time in which the tickets of one TLS 1.3 handshake would have a lifetime above zero.
 *
 * <p>BoringSSL makes tickets after the client's Finished message, which may come long after the ClientHello. If the
 * session has expired by then, or the clock was set back in between, it makes tickets with a lifetime of zero.
 * Clients should discard such a ticket (RFC 8446 section 4.6.1), but the JDK's client then treats the end of the
 * connection as an error.
 *
 * @param from when the session was made at the latest, in whole seconds as BoringSSL counts
 * @param before the time from which a ticket would have no lifetime left
 * @param clock the clock that BoringSSL reads
 */
record TicketWindow(Instant from, Instant before, InstantSource clock) {
    /**
     * @param arrived when the ClientHello arrived, before BoringSSL read it. BoringSSL sets the session's time between
     *     this and {@code taken}, and the clock may be set meanwhile.
     * @param taken after BoringSSL has read the ClientHello and answered it
     * @param lifetime of a new session
     */
    static TicketWindow ofFullHandshake(Instant arrived, Instant taken, Duration lifetime, InstantSource clock) {
        Instant earlier = arrived.isBefore(taken) ? arrived : taken;
        return ofResumption(
                arrived, taken, earlier.truncatedTo(ChronoUnit.SECONDS).plus(lifetime), clock);
    }

    /**
     * @param arrived before BoringSSL read the ClientHello
     * @param taken after BoringSSL has read the ClientHello and answered it
     * @param end when the session expires
     */
    static TicketWindow ofResumption(Instant arrived, Instant taken, Instant end, InstantSource clock) {
        Instant later = arrived.isBefore(taken) ? taken : arrived;
        Instant from = later.truncatedTo(ChronoUnit.SECONDS);
        // BoringSSL reads the clock a moment later than this class, and the next second may have begun.
        Instant before = end.minusSeconds(1);
        // A session that has a second left gets a ticket within this second.
        Instant first = from.plusSeconds(1);
        return new TicketWindow(from, end.isAfter(from) && before.isBefore(first) ? first : before, clock);
    }

    boolean isOpen() {
        Instant now = clock.instant();
        return !now.isBefore(from) && now.isBefore(before);
    }
}
