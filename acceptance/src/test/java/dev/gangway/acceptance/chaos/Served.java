package dev.gangway.acceptance.chaos;

import dev.gangway.internal.manager.TicketKeyManager;

/** A running container in the process of {@link ChaosServer}. */
interface Served {
    int port();

    TicketKeyManager manager();

    /**
     * Makes the container reload its TLS configuration.
     *
     * @throws Exception the reason why it fails; the settings are restored, so that they do not affect the next reload
     */
    void reload(Reload what) throws Exception;

    void stop() throws Exception;
}
