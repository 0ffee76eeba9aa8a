package dev.gangway.springboot;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** What is logged if a server has no TLS connector, and the settings have no effect on it. */
enum WithoutTls {
    /** For the application's own server. */
    LOGGED {
        @Override
        void log() {
            LOG.log(
                    Level.INFO,
                    "The server has no TLS connector, and gangway.keys has no effect on it: set server.ssl.bundle or"
                            + " server.ssl.*");
        }
    },
    /** For the management server, which often has none. */
    EXPECTED {
        @Override
        void log() {}
    };

    private static final Logger LOG = System.getLogger("dev.gangway.springboot");

    abstract void log();
}
