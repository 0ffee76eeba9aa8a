package dev.gangway.tomcat.internal;

import dev.gangway.ClientAuth;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.tomcat.util.net.SSLHostConfig;

/** Evaluates the settings of a TLS host that affect tickets, for any engine. */
public final class HostSettings {
    private static final Logger LOG = System.getLogger("dev.gangway.tomcat");
    private static final SSLHostConfig DEFAULTS = new SSLHostConfig();

    private static final List<String> TRUST_SETTINGS = List.of(
            "certificateVerificationDepth",
            "trustManagerClassName",
            "truststoreAlgorithm",
            "revocationEnabled",
            "ocspEnabled",
            "ocspSoftFail",
            "ocspTimeout",
            "ocspVerifyFlags");

    private HostSettings() {}

    public static ClientAuth clientAuth(SSLHostConfig host) {
        return switch (host.getCertificateVerification()) {
            case NONE -> ClientAuth.NONE;
            case OPTIONAL -> ClientAuth.OPTIONAL;
            case OPTIONAL_NO_CA -> ClientAuth.OPTIONAL_UNVERIFIED;
            case REQUIRED -> ClientAuth.REQUIRED;
        };
    }

    /**
     * All settings, besides the mode and the trust anchors, that decide which clients the host accepts: each setting
     * that is not Tomcat's default, by name and value, in a fixed order; empty if all have their default. Of revocation
     * lists, which change frequently, only whether there are any.
     */
    public static String trustSettings(SSLHostConfig host) {
        List<String> settings = new ArrayList<>();
        if (host.getCertificateRevocationListFile() != null) {
            settings.add("certificateRevocationListFile");
        }
        if (host.getCertificateRevocationListPath() != null) {
            settings.add("certificateRevocationListPath");
        }
        for (String name : TRUST_SETTINGS) {
            Object value = value(host, name);
            if (!Objects.equals(value, value(DEFAULTS, name))) {
                settings.add(name + "=" + value);
            }
        }
        if (host.getOpenSslConf() != null) {
            host.getOpenSslConf().getCommands().stream()
                    .filter(command ->
                            command.getName() != null && command.getName().contains("OCSP"))
                    .map(command -> command.getName() + "=" + command.getValue())
                    .forEach(settings::add);
        }
        return String.join(",", settings);
    }

    // Some exist in newer Tomcat versions only: in an older one they count as the default.
    private static Object value(SSLHostConfig host, String name) {
        String getter = "get" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        try {
            return SSLHostConfig.class.getMethod(getter).invoke(host);
        } catch (NoSuchMethodException e) {
            return null;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Tomcat's setting " + name + " cannot be read", e);
        }
    }

    /** Warns if the session cache or timeout is set: the cache is off, and the timeout is the ticket lifetime. */
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

    /** @throws IllegalStateException if the host disables tickets */
    public static void requireTickets(SSLHostConfig host) {
        if (host.getDisableSessionTickets()) {
            throw new IllegalStateException("TLS host " + host.getHostName()
                    + " has disableSessionTickets=\"true\", but Gangway resumes sessions from tickets"
                    + " only: remove that"
                    + " attribute, or set an sslImplementationName on its connector, which Gangway then"
                    + " does not serve");
        }
    }
}
