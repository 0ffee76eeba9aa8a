package dev.gangway.internal.engine;

import dev.gangway.ClientAuth;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/**
 * Whom a connector lets in by a client certificate, on resumption as in a full handshake.
 *
 * @param mode whether its context was made for a connector that asks for certificates
 * @param trust decides on the certificates in a ticket; empty if an operator has switched that off, or there is none to ask
 */
public record ClientAuthentication(ClientAuth mode, Optional<ChainTrust> trust) {
    /** Of a connector that asks for no certificate. */
    public static final ClientAuthentication NONE = new ClientAuthentication(ClientAuth.NONE, Optional.empty());

    /** A connector's own decision on a client's certificates, as it is at this moment. */
    public interface ChainTrust {
        /** Whether a full handshake would accept {@code chain}, the client's own certificate first. Must not throw. */
        boolean accepts(List<X509Certificate> chain, SSLEngine engine);
    }

    /** The same, for a connection in this mode: a proof asks for no certificates. */
    public ClientAuthentication in(ClientAuth ofConnection) {
        return ofConnection == ClientAuth.NONE ? NONE : this;
    }

    /** Whether tickets of this connector can hold client certificates. */
    public boolean isAsked() {
        return mode != ClientAuth.NONE;
    }

    /** Whether {@code engine}, as a container has set it, asks for certificates in this way. */
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
     * @param chain those in the ticket, the client's own first; may be empty
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

    /** When the first of {@code chain} ends; the end of time if it is empty. */
    public static Instant endOf(List<X509Certificate> chain) {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }
}
