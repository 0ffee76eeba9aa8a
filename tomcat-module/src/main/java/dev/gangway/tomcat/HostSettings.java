package dev.gangway.tomcat;

import dev.gangway.keys.Scope.ClientAuth;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.apache.tomcat.util.net.SSLHostConfig;

/** What the settings of a TLS host mean for tickets, whichever engine serves it. */
public final class HostSettings {
    private static final Logger LOG = System.getLogger("dev.gangway.tomcat");
    private static final SSLHostConfig DEFAULTS = new SSLHostConfig();

    private HostSettings() {}

    public static ClientAuth clientAuth(SSLHostConfig host) {
        return switch (host.getCertificateVerification()) {
            case NONE -> ClientAuth.NONE;
            case OPTIONAL -> ClientAuth.OPTIONAL;
            case OPTIONAL_NO_CA -> ClientAuth.OPTIONAL_UNVERIFIED;
            case REQUIRED -> ClientAuth.REQUIRED;
        };
    }

    /** The cache is off and the timeout is the ticket lifetime: says so if somebody has set either. */
    public static void warnOfSessionSettings(SSLHostConfig host) {
        if (host.getSessionCacheSize() != DEFAULTS.getSessionCacheSize()
                || host.getSessionTimeout() != DEFAULTS.getSessionTimeout()) {
            LOG.log(
                    Level.WARNING,
                    "sessionCacheSize and sessionTimeout of TLS host {0} have no effect: the server keeps no sessions;"
                            + " set ticketLifetime on the GangwayListener instead",
                    host.getHostName());
        }
    }

    /** @throws IllegalStateException if the host forbids tickets */
    static void requireTickets(SSLHostConfig host) {
        if (host.getDisableSessionTickets()) {
            throw new IllegalStateException(
                    "TLS host " + host.getHostName()
                            + " has disableSessionTickets=\"true\", but tickets are all that Gangway resumes from: remove that"
                            + " attribute, or give its connector an sslImplementationName and Gangway leaves that connector alone");
        }
    }
}
