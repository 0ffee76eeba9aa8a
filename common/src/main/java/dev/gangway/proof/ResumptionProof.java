package dev.gangway.proof;

import dev.gangway.engine.Installation;
import dev.gangway.engine.InstallationException;
import dev.gangway.wire.Handshake;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * Proves an installation the only way that counts: a client takes a ticket from the context under proof and resumes with
 * it at a twin, a second context that shares nothing with the first but the ring.
 *
 * <p>The ticket must bear the name of a key of the ring, and the twin must really resume, as seen on the wire. That is done
 * for every protocol version with tickets that the context has enabled.
 */
public final class ResumptionProof {
    private static final List<String> PROTOCOLS_WITH_TICKETS = List.of("TLSv1.3", "TLSv1.2");
    private static final String PEER_HOST = "gangway-proof.invalid";

    private final Supplier<SSLEngine> origin;
    private final Supplier<SSLEngine> twin;
    private final Installation installation;
    private final SSLContext clientContext;
    private final List<String> serverNames;

    /**
     * @param origin makes server engines of the context under proof, set up as its container would
     * @param twin makes server engines of the twin, set up alike
     * @param installation the one in the context under proof
     * @param clientContext a context, not yet initialised, to play the client
     * @param serverNames host names the client may have to send (SNI) to get an answer at all; may be empty
     */
    public ResumptionProof(
            Supplier<SSLEngine> origin,
            Supplier<SSLEngine> twin,
            Installation installation,
            SSLContext clientContext,
            List<String> serverNames) {
        this.origin = origin;
        this.twin = twin;
        this.installation = installation;
        this.clientContext = clientContext;
        this.serverNames = List.copyOf(serverNames);
    }

    /** @throws InstallationException if it is not proven, saying what went wrong in which protocol version */
    public void run() throws InstallationException {
        try {
            clientContext.init(null, new TrustManager[] {new TrustAnyServer()}, null);
        } catch (GeneralSecurityException e) {
            throw new InstallationException("the client that should prove the ticket keys cannot be made: " + e, e);
        }
        List<String> enabled = Arrays.asList(origin.get().getEnabledProtocols());
        List<String> protocols =
                PROTOCOLS_WITH_TICKETS.stream().filter(enabled::contains).toList();
        if (protocols.isEmpty()) {
            throw new InstallationException(
                    "none of the enabled protocols " + enabled + " has session tickets; enable TLSv1.3 or TLSv1.2");
        }
        for (String protocol : protocols) {
            prove(protocol);
        }
    }

    private void prove(String protocol) throws InstallationException {
        List<Optional<String>> candidates = new ArrayList<>();
        candidates.add(Optional.empty());
        serverNames.forEach(name -> candidates.add(Optional.of(name)));

        SSLException lastFailure = null;
        for (Optional<String> serverName : candidates) {
            try {
                InMemoryHandshake.run(client(protocol, serverName), origin.get());
                requireResumption(protocol, serverName);
                return;
            } catch (SSLException e) {
                lastFailure = e;
            }
        }
        throw new InstallationException(
                "the ticket keys are not proven: a full " + protocol
                        + " handshake with this connector's own key manager" + " fails (" + lastFailure
                        + "), without server name and with each of " + serverNames,
                lastFailure);
    }

    private void requireResumption(String protocol, Optional<String> serverName) throws InstallationException {
        Handshake second;
        try {
            second = InMemoryHandshake.run(client(protocol, serverName), twin.get());
        } catch (SSLException e) {
            throw new InstallationException(
                    "the ticket keys are not proven: the " + protocol
                            + " handshake that offers a ticket to another node" + " fails: " + e,
                    e);
        }
        byte[] ticket = second.offeredTicket()
                .orElseThrow(() -> new InstallationException(
                        "the ticket keys are not proven: the engine issued no " + protocol + " session ticket"));
        if (!installation.sealedWithSharedKey(ticket)) {
            throw new InstallationException("the ticket keys are not proven: the engine sealed a " + protocol
                    + " ticket, but not with a key of the ring");
        }
        if (!second.resumed().orElse(false)) {
            throw new InstallationException("the ticket keys are not proven: another node with the same keys does not"
                    + " resume from a " + protocol + " ticket of this one");
        }
    }

    private SSLEngine client(String protocol, Optional<String> serverName) {
        SSLEngine engine = clientContext.createSSLEngine(PEER_HOST, 443);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        parameters.setServerNames(serverName
                .map(name -> List.<SNIServerName>of(new SNIHostName(name)))
                .orElse(List.of()));
        engine.setSSLParameters(parameters);
        return engine;
    }
}
