package dev.gangway.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;

/** Clients by what certificates they show; all of one authority. Tickets hold these certificates, and grow with them. */
enum ClientChain {
    ONE,
    THREE,
    ELEVEN_KILOBYTES,
    TWENTY_ONE_KILOBYTES,
    THIRTY_EIGHT_KILOBYTES;

    static final Certificates.Held AUTHORITY = Certificates.authority("authority");

    private static final Map<ClientChain, Certificates.Held> CLIENTS = new ConcurrentHashMap<>();

    KeyManager[] keyManagers() {
        // Not before one is needed: RSA keys take their time.
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
