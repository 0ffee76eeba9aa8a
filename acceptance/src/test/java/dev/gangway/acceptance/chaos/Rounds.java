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
 * Counts poll intervals by what a manager does in them: it reads its source, then it turns its ring. That holds however slow the
 * machine is and whatever its clock shows.
 */
final class Rounds {
    private final TicketKeyManager manager;
    private final FaultySource source;
    // Held here, because the manager holds it only weakly.
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

    /** Waits for {@code count} reads, each followed by a turn, all of which begin after this call. */
    void await(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            source.awaitRead();
            awaitEndOfTurn();
            turns.awaitOneMore();
            awaitEndOfTurn();
        }
    }

    // What a turn does, it does under the lock that this takes.
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
