package dev.gangway.jetty;

import dev.gangway.TicketSettings;
import dev.gangway.internal.context.SettingsCheck;

/** Refuses settings that are not understood, contradict each other, or prevent tickets. */
final class FactoryCheck {
    private FactoryCheck() {}

    /**
     * @throws IllegalArgumentException naming a setting that is not understood, its value, and a similar valid one if
     *     there is one
     * @throws IllegalStateException naming the setting and the way out
     */
    static void require(GangwaySslContextFactory factory, TicketSettings settings) {
        SettingsCheck.require(settings);
        String type = factory.getClass().getSimpleName();
        String engine = settings.engine();
        if (factory.hasContextOfItsOwn()) {
            throw new IllegalStateException("an SSLContext is set on " + type + ", which creates its own: remove it");
        }
        if (factory.getSslSessionTimeout() > -1 || factory.getSslSessionCacheSize() > -1) {
            throw new IllegalStateException("sslSessionTimeout and sslSessionCacheSize have no meaning when the server"
                    + " keeps no sessions: remove them, and set ticketLifetime instead");
        }
        String provider = factory.getProvider();
        if (provider != null && !provider.equals(engine.equals("conscrypt") ? "Conscrypt" : "SunJSSE")) {
            throw new IllegalStateException("provider '" + provider + "' and engine '" + engine
                    + "' cannot be combined: remove the provider, or the module that sets it, or use the engine of"
                    + " that provider");
        }
    }
}
