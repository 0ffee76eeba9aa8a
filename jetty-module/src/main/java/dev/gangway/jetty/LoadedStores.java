package dev.gangway.jetty;

import dev.gangway.context.TicketOnlySslContext;
import java.security.KeyStore;
import java.util.Optional;

/** What one load of the TLS configuration was made of, kept in case the next one fails. */
record LoadedStores(KeyStore keyStore, KeyStore trustStore, Optional<TicketOnlySslContext> context) {
    static final LoadedStores NONE = new LoadedStores(null, null, Optional.empty());

    LoadedStores withKeyStore(KeyStore store) {
        return new LoadedStores(store, trustStore, context);
    }

    LoadedStores withTrustStore(KeyStore store) {
        return new LoadedStores(keyStore, store, context);
    }

    LoadedStores withContext(TicketOnlySslContext loaded) {
        return new LoadedStores(keyStore, trustStore, Optional.of(loaded));
    }
}
