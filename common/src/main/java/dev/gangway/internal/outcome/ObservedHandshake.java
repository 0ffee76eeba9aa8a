package dev.gangway.internal.outcome;

import dev.gangway.HandshakeOutcome;
import dev.gangway.internal.keys.KeyName;
import java.time.Duration;
import java.util.Optional;

/**
 * The result of the handshake of one connection.
 *
 * @param protocol {@code TLSv1.2} or {@code TLSv1.3}; {@code none} if it failed before a version was chosen
 * @param outcome its outcome
 * @param key the key that sealed the ticket the client offered; empty without a ticket, or if the key is unknown
 * @param ticketAge how long before the handshake that ticket was sealed, in whole seconds; empty without a ticket, or
 *     if neither the ticket nor the engine shows it
 * @param authenticationAge how long before this handshake the full handshake of the session was, in whole seconds; zero
 *     if this handshake was full, empty if neither the ticket nor the engine shows it
 */
public record ObservedHandshake(
        String protocol,
        HandshakeOutcome outcome,
        Optional<KeyName> key,
        Optional<Duration> ticketAge,
        Optional<Duration> authenticationAge) {
    ObservedHandshake withAuthenticationAge(Duration age) {
        return new ObservedHandshake(protocol, outcome, key, ticketAge, Optional.of(age));
    }
}
