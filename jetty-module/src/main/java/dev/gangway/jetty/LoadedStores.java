package dev.gangway.jetty;

import dev.gangway.context.TicketOnlySslContext;
import java.security.KeyStore;
import java.util.Optional;

/** What one load of the TLS configuration was made of, kept in case the next one fails. */
record LoadedStores(
        KeyStore keyStore, KeyStore trustStore, Optional<TicketOnlySslContext> context, boolean isSelected) {
    static final LoadedStores NONE = new LoadedStores(null, null, Optional.empty(), false);

    LoadedStores withKeyStore(KeyStore store) {
        return new LoadedStores(store, trustStore, context, isSelected);
    }

    LoadedStores withTrustStore(KeyStore store) {
        return new LoadedStores(keyStore, store, context, isSelected);
    }

    LoadedStores withContext(TicketOnlySslContext loaded) {
        return new LoadedStores(keyStore, trustStore, Optional.of(loaded), isSelected);
    }

    /** Protocols and cipher suites have been chosen for this context. */
    LoadedStores withSelection() {
        return new LoadedStores(keyStore, trustStore, context, true);
    }
}
