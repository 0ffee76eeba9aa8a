package dev.gangway.internal.outcome;

import static dev.gangway.testing.TlsBytes.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.HandshakeOutcome;
import dev.gangway.internal.engine.ConnectionTickets.Refusal;
import dev.gangway.internal.engine.TicketSeal;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.testing.RecordingInstallation;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The outcome of a ticket by the state of its key. */
class OutcomeRulesTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final HandshakeParts parts = new HandshakeParts();
    private final OutcomeRules rule = parts.newRule();
    private final List<TicketKey> keys = parts.manager.ring().known();

    @Test
    void full_ticketThatNoKeySealed_isOfAnUnknownKey() {
        assertThat(full(Optional.empty())).isEqualTo(HandshakeOutcome.FULL_UNKNOWN_KEY);
    }

    @Test
    void full_ticketThatAnotherInstallationKnows_isOfAnotherScope() throws Exception {
        RecordingInstallation other = new RecordingInstallation() {
            @Override
            public Optional<TicketSeal> sealOf(byte[] ticket) {
                return seal(keys.get(0).name(), HandshakeParts.NOW);
            }
        };
        parts.manager.register(other);

        assertThat(full(Optional.empty())).isEqualTo(HandshakeOutcome.FULL_OTHER_SCOPE);
    }

    @Test
    void full_ticketOfAKeyThatOpens_isExpiredFromItsEndOnAndRefusedBefore() {
        KeyName active = parts.manager.ring().active().orElseThrow().name();
        Instant now = HandshakeParts.NOW;

        assertThat(full(seal(active, now))).isEqualTo(HandshakeOutcome.FULL_SESSION_EXPIRED);
        assertThat(full(seal(active, now.plusSeconds(1)))).isEqualTo(HandshakeOutcome.FULL_TICKET_REFUSED);
        assertThat(full(Optional.of(TicketSeal.of(active))))
                .as("an engine whose tickets do not contain their end")
                .isEqualTo(HandshakeOutcome.FULL_TICKET_REFUSED);
    }

    @Test
    void full_ticketOfAKeyThatHasLeftTheRing_isOfADestroyedKey() {
        KeyName active = parts.manager.ring().active().orElseThrow().name();
        parts.clock.advance(Duration.ofDays(3));
        parts.manager.updateRing();

        assertThat(rule.full(ticket(1), seal(active, HandshakeParts.NOW), rule.now()))
                .isEqualTo(HandshakeOutcome.FULL_KEY_DESTROYED);
        assertThat(rule.resumed(seal(active, HandshakeParts.NOW), rule.now()))
                .as("opened a moment before")
                .isEqualTo(HandshakeOutcome.RESUMED_PREVIOUS_KEY);
    }

    @Test
    void full_ticketOfAKeyBeforeItsTime_isOfOneNotYetAccepted() {
        List<TicketKey> early = KeyRotation.DEFAULT.initialKeys(HandshakeParts.NOW.plus(Duration.ofDays(1)), RANDOM);
        List<TicketKey> all = new ArrayList<>(keys);
        all.add(early.get(0));
        parts.source.set(all);
        parts.manager.reload();
        assertThat(parts.manager.ring().notYetAccepted()).hasSize(1);

        assertThat(full(seal(early.get(0).name(), HandshakeParts.NOW)))
                .isEqualTo(HandshakeOutcome.FULL_KEY_NOT_YET_ACCEPTED);
    }

    @Test
    void resumed_ticket_isOfTheRoleOfItsKey() {
        Instant now = HandshakeParts.NOW;
        TicketKey active = parts.manager.ring().active().orElseThrow();
        TicketKey next = parts.manager.ring().acceptOnly().get(0);

        assertThat(rule.resumed(Optional.empty(), now)).isEqualTo(HandshakeOutcome.RESUMED_ON_THIS_NODE_ONLY);
        assertThat(rule.resumed(seal(active.name(), now), now)).isEqualTo(HandshakeOutcome.RESUMED_ACTIVE_KEY);
        assertThat(rule.resumed(seal(next.name(), now), now)).isEqualTo(HandshakeOutcome.RESUMED_NEXT_KEY);
        parts.clock.set(next.times().orElseThrow().activateAt());
        parts.manager.updateRing();
        assertThat(rule.resumed(seal(next.name(), now), rule.now())).isEqualTo(HandshakeOutcome.RESUMED_ACTIVE_KEY);
        assertThat(rule.resumed(seal(active.name(), now), rule.now())).isEqualTo(HandshakeOutcome.RESUMED_PREVIOUS_KEY);
    }

    @Test
    void refused_ticket_isCountedByTheReason() {
        assertThat(rule.refused(Refusal.SESSION_EXPIRED)).isEqualTo(HandshakeOutcome.FULL_SESSION_EXPIRED);
        assertThat(rule.refused(Refusal.CERTIFICATE)).isEqualTo(HandshakeOutcome.FULL_CERTIFICATE_REFUSED);
        assertThat(rule.refused(Refusal.CLIENT_AUTH)).isEqualTo(HandshakeOutcome.FULL_OTHER_SCOPE);
    }

    private HandshakeOutcome full(Optional<TicketSeal> seal) {
        return rule.full(ticket(1), seal, rule.now());
    }

    private static Optional<TicketSeal> seal(KeyName key, Instant endsAt) {
        return Optional.of(new TicketSeal(key, Optional.of(endsAt), Optional.empty(), Optional.empty()));
    }
}
