package dev.gangway.acceptance.chaos;

import dev.gangway.ClientAuth;
import dev.gangway.internal.engine.ConnectionTickets;
import dev.gangway.internal.engine.Installation;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.engine.TicketSeal;
import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.manager.TicketKeyManager;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/**
 * Counts poll intervals by what a manager does in each: it reads its source, then updates its ring. That does not depend on
 * the speed of the machine or on its clock.
 */
final class Rounds {
    private final TicketKeyManager manager;
    private final FaultySource source;
    // The manager has only a weak reference to it.
    private final Turns turns = new Turns();

    private Rounds(TicketKeyManager manager, FaultySource source) {
        this.manager = manager;
        this.source = source;
    }

    static Rounds of(TicketKeyManager manager, FaultySource source) throws InstallationException {
        Rounds rounds = new Rounds(manager, source);
        manager.register(rounds.turns);
        return rounds;
    }

    /** Waits for {@code count} reads, each followed by an update of the ring, all of which begin after this call. */
    void await(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            source.awaitRead();
            awaitEndOfTurn();
            turns.awaitOneMore();
            awaitEndOfTurn();
        }
    }

    // The ring is updated under the lock that this call takes.
    private void awaitEndOfTurn() {
        manager.nextChange();
    }

    private static final class Turns implements Installation {
        private long count;

        @Override
        public void apply(KeyRing ring) {
            // There is no engine.
        }

        @Override
        public synchronized void maintain() {
            count++;
            notifyAll();
        }

        synchronized void awaitOneMore() throws InterruptedException {
            long next = count + 1;
            while (count < next) {
                wait();
            }
        }

        @Override
        public ConnectionTickets connection(SSLEngine server, ClientAuth mode, ConnectionTickets.Answer answer) {
            return ConnectionTickets.NONE;
        }

        @Override
        public String ticketFormat() {
            return "none";
        }

        @Override
        public Optional<TicketSeal> sealOf(byte[] ticket) {
            return Optional.empty();
        }
    }
}
