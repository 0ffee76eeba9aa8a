package dev.gangway.internal.engine;

import dev.gangway.ClientAuth;
import dev.gangway.internal.keys.KeyRing;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/** The ticket keys inside one engine's context, kept in step with the ring. */
public interface Installation {
    /**
     * Makes the engine seal and open with {@code ring} from now on, and wipes the keys it held before. With an empty
     * ring the engine uses its own random keys: tickets still work in this process, but on no other node.
     *
     * <p>Never called by two threads at once. Handshakes continue during the call.
     *
     * @throws InstallationException if the engine's internals are no longer as they were when the
     *     installation was proven
     */
    void apply(KeyRing ring) throws InstallationException;

    /**
     * Called every few seconds under the same conditions as {@link #apply}, for changes that depend on time only.
     *
     * @throws InstallationException as {@link #apply}
     */
    default void maintain() throws InstallationException {}

    /** Names all that nodes must have in common, apart from keys and scope, to open each other's tickets. */
    String ticketFormat();

    /**
     * The tickets of one connection.
     *
     * @param server the engine, not used yet
     * @param mode the client-auth mode; in any other mode the engine accepts and issues no tickets
     * @param answer tells what the engine has answered so far
     */
    ConnectionTickets connection(SSLEngine server, ClientAuth mode, ConnectionTickets.Answer answer);

    /**
     * The key that sealed {@code ticket}: a key of the current ring, one that the ring does not accept yet, or one of
     * earlier rings. Empty if the ticket has the name of none of them.
     *
     * @param ticket as on the wire: the whole ticket, or at least its first 17 bytes
     */
    Optional<TicketSeal> sealOf(byte[] ticket);
}
