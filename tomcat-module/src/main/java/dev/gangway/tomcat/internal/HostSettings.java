package dev.gangway.tomcat.internal;

import dev.gangway.ClientAuth;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.tomcat.util.net.SSLHostConfig;

/** What the settings of a TLS host mean for tickets, whichever engine serves it. */
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
     * All that decides, beside the mode and the trust anchors, whom the host lets in: each setting that is not Tomcat's default,
     * by name and value, in a fixed order; empty if all are. Of revocation lists, which change all the time, only whether there
     * are any.
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

    // Some of them exist in newer Tomcats only: in an older one none is different from the default.
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
    public static void requireTickets(SSLHostConfig host) {
        if (host.getDisableSessionTickets()) {
            throw new IllegalStateException(
                    "TLS host " + host.getHostName()
                            + " has disableSessionTickets=\"true\", but tickets are all that Gangway resumes from: remove that"
                            + " attribute, or give its connector an sslImplementationName and Gangway leaves that connector alone");
        }
    }
}
