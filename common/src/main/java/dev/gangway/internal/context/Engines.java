package dev.gangway.internal.context;

import dev.gangway.internal.engine.TicketEngine;
import dev.gangway.internal.engine.conscrypt.ConscryptTicketEngine;
import dev.gangway.internal.engine.jdk.JdkTicketEngine;
import dev.gangway.internal.keys.NearestName;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** The TLS implementations that work without a container. */
public final class Engines {
    static final List<String> NAMES = List.of("jdk", "conscrypt");

    private Engines() {}

    static TicketEngine named(String name) {
        return switch (name) {
            case "jdk" -> new JdkTicketEngine();
            case "conscrypt" -> ConscryptTicketEngine.create();
            default -> throw new IllegalArgumentException(unknown(name, NAMES));
        };
    }

    /**
     * The protocols and cipher suites of an engine, for a container that must select from them before it has a context.
     *
     * @throws IllegalArgumentException if there is no such engine, or it cannot be used here
     */
    public static SSLParameters supportedBy(String name) {
        try {
            SSLContext context = named(name).newContext("TLS");
            context.init(null, null, null);
            return context.getSupportedSSLParameters();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("engine '" + name + "' cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * The message for an engine that does not exist.
     *
     * @param names the engines that exist
     */
    public static String unknown(String name, List<String> names) {
        return "engine '" + name + "' is unknown; the engines are: " + String.join(", ", names)
                + NearestName.hint(String.valueOf(name), names);
    }
}
