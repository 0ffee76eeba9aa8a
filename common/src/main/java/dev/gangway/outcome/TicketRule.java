package dev.gangway.outcome;

import dev.gangway.engine.ConnectionTickets.Refusal;
import dev.gangway.engine.Installation;
import dev.gangway.engine.TicketSeal;
import dev.gangway.keys.KeyName;
import dev.gangway.keys.KeyRing;
import dev.gangway.keys.TicketKey;
import dev.gangway.manager.KeyStatus;
import dev.gangway.manager.KeyStatus.Role;
import dev.gangway.manager.TicketKeyManager;
import java.time.Instant;
import java.util.Optional;

/** Says what a ticket that was offered to one TLS context comes to, given what the server answered. */
final class TicketRule {
    private final Installation installation;
    private final TicketKeyManager manager;

    TicketRule(Installation installation, TicketKeyManager manager) {
        this.installation = installation;
        this.manager = manager;
    }

    Optional<TicketSeal> sealOf(byte[] ticket) {
        return installation.sealOf(ticket);
    }

    Instant now() {
        return manager.clock().instant();
    }

    Outcome resumed(Optional<TicketSeal> seal, Instant now) {
        if (seal.isEmpty()) {
            return Outcome.RESUMED_ON_THIS_NODE_ONLY;
        }
        // A key that has left the ring since the engine opened the ticket was a previous one a moment ago.
        return Outcome.resumedWith(
                KeyStatus.roleOf(seal.get().key(), manager.ring(), now).orElse(Role.PREVIOUS));
    }

    Outcome refused(Refusal refusal) {
        return switch (refusal) {
            case SESSION_EXPIRED -> Outcome.FULL_SESSION_EXPIRED;
            case CERTIFICATE -> Outcome.FULL_CERTIFICATE_REFUSED;
            // The mode is part of the scope.
            case CLIENT_AUTH -> Outcome.FULL_OTHER_SCOPE;
        };
    }

    Outcome full(byte[] ticket, Optional<TicketSeal> seal, Instant now) {
        if (seal.isEmpty()) {
            return manager.hasSealed(ticket) ? Outcome.FULL_OTHER_SCOPE : Outcome.FULL_UNKNOWN_KEY;
        }
        KeyName key = seal.get().key();
        KeyRing ring = manager.ring();
        if (KeyStatus.roleOf(key, ring, now).isEmpty()) {
            return ring.notYetAccepted().stream().map(TicketKey::name).anyMatch(key::equals)
                    ? Outcome.FULL_KEY_NOT_YET_ACCEPTED
                    : Outcome.FULL_KEY_DESTROYED;
        }
        return seal.get().endsAt().filter(end -> !now.isBefore(end)).isPresent()
                ? Outcome.FULL_SESSION_EXPIRED
                : Outcome.FULL_TICKET_REFUSED;
    }
}
