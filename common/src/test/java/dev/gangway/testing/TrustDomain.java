package dev.gangway.testing;

import dev.gangway.ClientAuth;
import java.util.Optional;

/**
 * The settings that separate a server from others with the same keys.
 *
 * @param authority of trusted clients; empty for the container's default
 */
public record TrustDomain(String scope, ClientAuth clientAuth, Optional<Certificates.Held> authority) {
    public static final TrustDomain OPEN = new TrustDomain("", ClientAuth.NONE, Optional.empty());

    public static TrustDomain named(String scope) {
        return new TrustDomain(scope, ClientAuth.NONE, Optional.empty());
    }

    public static TrustDomain asking(ClientAuth clientAuth, Certificates.Held authority) {
        return new TrustDomain("", clientAuth, Optional.of(authority));
    }
}
