package dev.gangway.acceptance.chaos;

import dev.gangway.internal.manager.TicketKeyManager;

/** A container that serves, in the process of {@link ChaosServer}. */
interface Served {
    int port();

    TicketKeyManager manager();

    /**
     * Has the container load its TLS configuration again.
     *
     * @throws Exception why it does not; afterwards its settings are as before, so that the next reload is for itself
     */
    void reload(Reload what) throws Exception;

    void stop() throws Exception;
}
