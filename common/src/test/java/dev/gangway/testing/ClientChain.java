package dev.gangway.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;

/** Clients with certificate chains of several lengths, all from one authority. Tickets contain these certificates. */
enum ClientChain {
    ONE,
    THREE,
    ELEVEN_KILOBYTES,
    TWENTY_ONE_KILOBYTES,
    THIRTY_EIGHT_KILOBYTES;

    static final Certificates.Held AUTHORITY = Certificates.authority("authority");

    private static final Map<ClientChain, Certificates.Held> CLIENTS = new ConcurrentHashMap<>();

    KeyManager[] keyManagers() {
        // Made only when needed, because RSA keys take long to generate.
        return Certificates.keyManagers(CLIENTS.computeIfAbsent(this, ClientChain::newClient));
    }

    private static Certificates.Held newClient(ClientChain chain) {
        return switch (chain) {
            case ONE -> Certificates.client("client", AUTHORITY);
            case THREE ->
                Certificates.client(
                        "client",
                        Certificates.intermediate("issuer", Certificates.intermediate("issuer of issuers", AUTHORITY)));
            case ELEVEN_KILOBYTES -> Certificates.clientWithLargeChain("client", AUTHORITY, 11_000);
            case TWENTY_ONE_KILOBYTES -> Certificates.clientWithLargeChain("client", AUTHORITY, 21_000);
            case THIRTY_EIGHT_KILOBYTES -> Certificates.clientWithLargeChain("client", AUTHORITY, 38_000);
        };
    }
}
