package dev.gangway.internal.proof;

import dev.gangway.internal.engine.Installation;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.engine.ProvenHandshake;
import dev.gangway.internal.engine.TicketEngine;
import dev.gangway.internal.engine.TlsServer;
import dev.gangway.internal.handshake.EnabledCipherSuites;
import dev.gangway.internal.handshake.InMemoryClient;
import dev.gangway.internal.wire.Handshake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * Proves an installation by a real resumption: a client gets a ticket from the context under proof and resumes with it
 * at a second node, a second context that shares only the ring with the first.
 *
 * <p>The ticket must have the name of a key of the ring, and the second node must resume, as seen on the wire. This is done
 * for every protocol version with tickets that is enabled in the context with cipher suites; at least one is needed.
 */
public final class ResumptionProof {
    private static final List<String> PROTOCOLS_WITH_TICKETS = List.of("TLSv1.3", "TLSv1.2");

    private final TicketEngine engine;
    private final TlsServer origin;
    private final TlsServer secondNode;
    private final Installation installation;

    /**
     * @param origin the context under proof
     * @param secondNode the other node, with the same configuration
     * @param installation the one in the context under proof
     */
    public ResumptionProof(TicketEngine engine, TlsServer origin, TlsServer secondNode, Installation installation) {
        this.engine = engine;
        this.origin = origin;
        this.secondNode = secondNode;
        this.installation = installation;
    }

    /**
     * @return what was proven, one for each protocol version; not empty
     * @throws InstallationException if it is not proven, saying what went wrong in which protocol version
     */
    public List<ProvenHandshake> run() throws InstallationException {
        List<InstallationException> withoutCipherSuites = new ArrayList<>();
        List<ProvenHandshake> proven = new ArrayList<>();
        for (String protocol : protocols()) {
            InMemoryClient client = InMemoryClient.of(engine);
            Optional<InMemoryClient.First> first = firstHandshake(protocol, client, withoutCipherSuites);
            if (first.isPresent()) {
                requireResumption(protocol, client, first.get().serverName());
                proven.add(new ProvenHandshake(protocol, first.get().serverName()));
            }
        }
        if (proven.isEmpty()) {
            throw withoutCipherSuites.get(0);
        }
        return proven;
    }

    private List<String> protocols() throws InstallationException {
        SSLEngine server = origin.engines().get();
        List<String> enabled = engine.enabledProtocols(server);
        List<String> protocols =
                PROTOCOLS_WITH_TICKETS.stream().filter(enabled::contains).toList();
        if (protocols.isEmpty()) {
            String reason = enabled.isEmpty()
                    ? "no protocol is enabled"
                    : "none of the enabled protocols " + enabled + " has session tickets";
            throw new InstallationException(reason + "; enable TLSv1.3 or TLSv1.2, of those that are supported: "
                    + List.of(server.getSupportedProtocols()));
        }
        return protocols;
    }

    // A version without cipher suites cannot be negotiated. A server may leave it enabled if it has another version.
    private Optional<InMemoryClient.First> firstHandshake(
            String protocol, InMemoryClient client, List<InstallationException> withoutCipherSuites)
            throws InstallationException {
        try {
            return Optional.of(client.connect(protocol, origin));
        } catch (InstallationException e) {
            if (!new EnabledCipherSuites(origin.engines().get(), protocol).isEmpty()) {
                throw e;
            }
            withoutCipherSuites.add(e);
            return Optional.empty();
        }
    }

    private void requireResumption(String protocol, InMemoryClient client, Optional<String> serverName)
            throws InstallationException {
        Handshake second;
        try {
            second = client.connect(protocol, serverName, secondNode.engines().get());
        } catch (SSLException e) {
            throw new InstallationException(
                    "the test of the ticket keys in memory failed: the " + protocol
                            + " handshake that offers a ticket to another node" + " fails: " + e,
                    e);
        }
        byte[] ticket = second.offeredTicket()
                .orElseThrow(() ->
                        new InstallationException("the test of the ticket keys in memory failed: the engine issued no "
                                + protocol + " session ticket"));
        if (installation.sealOf(ticket).isEmpty()) {
            throw new InstallationException("the test of the ticket keys in memory failed: the engine sealed a "
                    + protocol + " ticket, but not with a shared key");
        }
        if (!second.resumed().orElse(false)) {
            throw new InstallationException(
                    "the test of the ticket keys in memory failed: another node with the same keys does not"
                            + " resume from a " + protocol + " ticket of this one");
        }
    }
}
