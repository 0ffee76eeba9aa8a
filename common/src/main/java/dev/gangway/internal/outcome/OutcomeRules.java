package dev.gangway.internal.outcome;

import dev.gangway.HandshakeOutcome;
import dev.gangway.internal.engine.ConnectionTickets.Refusal;
import dev.gangway.internal.engine.Installation;
import dev.gangway.internal.engine.TicketSeal;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.manager.KeyStatus;
import dev.gangway.internal.manager.KeyStatus.Role;
import dev.gangway.internal.manager.TicketKeyManager;
import java.time.Instant;
import java.util.Optional;

/** Determines the outcome for a ticket that was offered to one TLS context, given the server's answer. */
final class OutcomeRules {
    private final Installation installation;
    private final TicketKeyManager manager;

    OutcomeRules(Installation installation, TicketKeyManager manager) {
        this.installation = installation;
        this.manager = manager;
    }

    Optional<TicketSeal> sealOf(byte[] ticket) {
        return installation.sealOf(ticket);
    }

    Instant now() {
        return manager.clock().instant();
    }

    HandshakeOutcome resumed(Optional<TicketSeal> seal, Instant now) {
        if (seal.isEmpty()) {
            return HandshakeOutcome.RESUMED_ON_THIS_NODE_ONLY;
        }
        // A key that has left the ring since the engine opened the ticket was a previous key until then.
        return resumedWith(
                KeyStatus.roleOf(seal.get().key(), manager.ring(), now).orElse(Role.PREVIOUS));
    }

    HandshakeOutcome refused(Refusal refusal) {
        return switch (refusal) {
            case SESSION_EXPIRED -> HandshakeOutcome.FULL_SESSION_EXPIRED;
            case CERTIFICATE -> HandshakeOutcome.FULL_CERTIFICATE_REFUSED;
            // The mode is part of the scope.
            case CLIENT_AUTH -> HandshakeOutcome.FULL_OTHER_SCOPE;
        };
    }

    HandshakeOutcome full(byte[] ticket, Optional<TicketSeal> seal, Instant now) {
        if (seal.isEmpty()) {
            return manager.hasSealed(ticket) ? HandshakeOutcome.FULL_OTHER_SCOPE : HandshakeOutcome.FULL_UNKNOWN_KEY;
        }
        KeyName key = seal.get().key();
        KeyRing ring = manager.ring();
        if (KeyStatus.roleOf(key, ring, now).isEmpty()) {
            return ring.notYetAccepted().stream().map(TicketKey::name).anyMatch(key::equals)
                    ? HandshakeOutcome.FULL_KEY_NOT_YET_ACCEPTED
                    : HandshakeOutcome.FULL_KEY_DESTROYED;
        }
        return seal.get().endsAt().filter(end -> !now.isBefore(end)).isPresent()
                ? HandshakeOutcome.FULL_SESSION_EXPIRED
                : HandshakeOutcome.FULL_TICKET_REFUSED;
    }

    private static HandshakeOutcome resumedWith(Role role) {
        return switch (role) {
            case ACTIVE -> HandshakeOutcome.RESUMED_ACTIVE_KEY;
            case PREVIOUS -> HandshakeOutcome.RESUMED_PREVIOUS_KEY;
            case NEXT -> HandshakeOutcome.RESUMED_NEXT_KEY;
            case ACCEPT_ONLY -> HandshakeOutcome.RESUMED_ACCEPT_ONLY_KEY;
        };
    }
}
