package dev.gangway.proof;

import dev.gangway.engine.Installation;
import dev.gangway.engine.InstallationException;
import dev.gangway.engine.TicketEngine;
import dev.gangway.engine.TlsServer;
import dev.gangway.wire.Handshake;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Proves an installation the only way that counts: a client takes a ticket from the context under proof and resumes with
 * it at a twin, a second context that shares nothing with the first but the ring.
 *
 * <p>The ticket must bear the name of a key of the ring, and the twin must really resume, as seen on the wire. That is
 * done for every protocol version with tickets that the context has enabled.
 */
public final class ResumptionProof {
    private static final List<String> PROTOCOLS_WITH_TICKETS = List.of("TLSv1.3", "TLSv1.2");

    private final TicketEngine engine;
    private final TlsServer origin;
    private final TlsServer twin;
    private final Installation installation;

    /**
     * @param origin the context under proof
     * @param twin the other node, set up alike
     * @param installation the one in the context under proof
     */
    public ResumptionProof(TicketEngine engine, TlsServer origin, TlsServer twin, Installation installation) {
        this.engine = engine;
        this.origin = origin;
        this.twin = twin;
        this.installation = installation;
    }

    /** @throws InstallationException if it is not proven, saying what went wrong in which protocol version */
    public void run() throws InstallationException {
        List<String> enabled = engine.enabledProtocols(origin.engines().get());
        List<String> protocols =
                PROTOCOLS_WITH_TICKETS.stream().filter(enabled::contains).toList();
        if (protocols.isEmpty()) {
            throw new InstallationException(
                    "none of the enabled protocols " + enabled + " has session tickets; enable TLSv1.3 or TLSv1.2");
        }
        for (String protocol : protocols) {
            ProofClient client = ProofClient.of(engine);
            ProofClient.First first = client.connect(protocol, origin);
            requireResumption(protocol, client, first.serverName());
        }
    }

    private void requireResumption(String protocol, ProofClient client, Optional<String> serverName)
            throws InstallationException {
        Handshake second;
        try {
            second = client.connect(protocol, serverName, twin.engines().get());
        } catch (SSLException e) {
            throw new InstallationException(
                    "the ticket keys are not proven: the " + protocol
                            + " handshake that offers a ticket to another node" + " fails: " + e,
                    e);
        }
        byte[] ticket = second.offeredTicket()
                .orElseThrow(() -> new InstallationException(
                        "the ticket keys are not proven: the engine issued no " + protocol + " session ticket"));
        if (installation.sealOf(ticket).isEmpty()) {
            throw new InstallationException("the ticket keys are not proven: the engine sealed a " + protocol
                    + " ticket, but not with a key of the ring");
        }
        if (!second.resumed().orElse(false)) {
            throw new InstallationException("the ticket keys are not proven: another node with the same keys does not"
                    + " resume from a " + protocol + " ticket of this one");
        }
    }
}
