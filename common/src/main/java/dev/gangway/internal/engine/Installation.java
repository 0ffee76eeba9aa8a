package dev.gangway.internal.engine;

import dev.gangway.ClientAuth;
import dev.gangway.internal.keys.KeyRing;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/** The ticket keys inside one engine's context, kept in step with the ring. */
public interface Installation {
    /**
     * Makes the engine seal and open with {@code ring} from now on, and wipes what it held before. An empty ring leaves
     * the engine with its own random keys: tickets still work within the process, but are shared with nobody.
     *
     * <p>Never called by two threads at once. Handshakes go on meanwhile.
     *
     * @throws InstallationException if the engine is no longer what it was when the installation proved itself
     */
    void apply(KeyRing ring) throws InstallationException;

    /**
     * Called every few seconds under the same conditions as {@link #apply}, for what is due by the passing of time alone.
     *
     * @throws InstallationException as {@link #apply}
     */
    default void maintain() throws InstallationException {}

    /**
     * The tickets of one connection.
     *
     * @param server the engine, not used yet
     * @param mode the client-auth mode without which it takes and issues no ticket
     * @param answer tells what the engine has answered so far
     */
    ConnectionTickets connection(SSLEngine server, ClientAuth mode, ConnectionTickets.Answer answer);

    /**
     * Which key sealed {@code ticket}, as it travels on the wire: one of the present ring, one that it has not yet let in, or
     * one of earlier rings. Empty if the ticket bears the name of none of them.
     *
     * @param ticket the whole of it, or no less than its first 17 bytes
     */
    Optional<TicketSeal> sealOf(byte[] ticket);
}
