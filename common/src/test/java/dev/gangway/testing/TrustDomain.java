package dev.gangway.testing;

import dev.gangway.ClientAuth;
import java.util.Optional;

/**
 * What sets a server apart from others with the same keys.
 *
 * @param authority whose clients are trusted; empty: as the container has it by default
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
