package dev.gangway.internal.engine;

import dev.gangway.ClientAuth;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/**
 * Which client certificates a connector accepts, on resumption as in a full handshake.
 *
 * @param mode the client-auth mode for which the connector's context was made
 * @param trust decides on the certificates in a ticket; empty if the operator has switched that check off, or there is
 *     no trust manager to ask
 */
public record ClientAuthentication(ClientAuth mode, Optional<ChainTrust> trust) {
    /** For a connector that requests no client certificates. */
    public static final ClientAuthentication NONE = new ClientAuthentication(ClientAuth.NONE, Optional.empty());

    /** A connector's own trust decision on client certificates, with its current settings. */
    public interface ChainTrust {
        /** Whether a full handshake would accept {@code chain}, end-entity certificate first. Must not throw. */
        boolean accepts(List<X509Certificate> chain, SSLEngine engine);
    }

    /** The same for a connection with this mode: the proof's connections request no certificates. */
    public ClientAuthentication in(ClientAuth ofConnection) {
        return ofConnection == ClientAuth.NONE ? NONE : this;
    }

    /** Whether tickets of this connector can hold client certificates. */
    public boolean isAsked() {
        return mode != ClientAuth.NONE;
    }

    /** Whether {@code engine}, as configured by the container, requests certificates according to {@code mode}. */
    public static boolean hasMode(SSLEngine engine, ClientAuth mode) {
        return switch (mode) {
            case NONE -> !engine.getNeedClientAuth() && !engine.getWantClientAuth();
            case OPTIONAL, OPTIONAL_UNVERIFIED -> engine.getWantClientAuth();
            case REQUIRED -> engine.getNeedClientAuth();
        };
    }

    /**
     * Whether a session with these certificates may be resumed.
     *
     * @param chain the certificates in the ticket, end-entity certificate first; may be empty
     */
    public boolean accepts(List<X509Certificate> chain, Instant now, SSLEngine engine) {
        if (!isAsked()) {
            return true;
        }
        if (chain.isEmpty()) {
            return mode != ClientAuth.REQUIRED;
        }
        return endOf(chain).isAfter(now)
                && trust.map(own -> own.accepts(chain, engine)).orElse(true);
    }

    /** The earliest expiry in {@code chain}; {@link Instant#MAX} if it is empty. */
    public static Instant endOf(List<X509Certificate> chain) {
        Instant earliest = Instant.MAX;
        for (X509Certificate certificate : chain) {
            Instant end = certificate.getNotAfter().toInstant();
            earliest = end.isBefore(earliest) ? end : earliest;
        }
        return earliest;
    }
}
