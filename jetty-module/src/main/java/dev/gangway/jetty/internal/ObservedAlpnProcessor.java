package dev.gangway.jetty.internal;

import dev.gangway.internal.engine.ObservedSslEngine;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.ALPNProcessor;
import org.eclipse.jetty.util.TypeUtil;

/**
 * ALPN for engines with an observer: passes the wrapped engine to Jetty's own processor, which selects engines by
 * class. Jetty loads this class as a service.
 */
public final class ObservedAlpnProcessor implements ALPNProcessor.Server {
    private static final Logger LOG = System.getLogger("dev.gangway.jetty");

    private final List<ALPNProcessor.Server> others = new ArrayList<>();
    // Logged once, because Jetty logs it at DEBUG for each connection.
    private final AtomicBoolean complained = new AtomicBoolean();

    /**
     * @throws IllegalStateException if there is no other processor; Jetty reports that as it does without this class
     */
    @Override
    public void init() {
        // Jetty's stream continues after a provider whose class cannot be loaded; a ServiceLoader's own stream ends.
        TypeUtil.serviceProviderStream(ServiceLoader.load(ALPNProcessor.Server.class))
                .forEach(this::addIfUsable);
        if (others.isEmpty()) {
            throw new IllegalStateException("there is no usable ALPN processor; add jetty-alpn-java-server, or"
                    + " jetty-alpn-conscrypt-server for engine 'conscrypt'");
        }
    }

    @Override
    public boolean appliesTo(SSLEngine engine) {
        if (!(engine instanceof ObservedSslEngine observed)) {
            return false;
        }
        boolean found = others.stream().anyMatch(other -> other.appliesTo(observed.own()));
        if (!found && !complained.getAndSet(true)) {
            LOG.log(
                    Level.WARNING,
                    "Connections are closed without an answer, because no ALPN processor supports the TLS engine"
                            + " {0}: add"
                            + " jetty-alpn-java-server for engine jdk, jetty-alpn-conscrypt-server for conscrypt",
                    observed.own().getClass().getName());
        }
        return found;
    }

    @Override
    public void configure(SSLEngine engine, Connection connection) {
        SSLEngine own = ((ObservedSslEngine) engine).own();
        others.stream()
                .filter(other -> other.appliesTo(own))
                .findFirst()
                .orElseThrow()
                .configure(own, connection);
    }

    // Jetty also ignores processors that cannot be loaded or initialised: jetty-alpn-conscrypt-server is often present
    // without Conscrypt.
    private void addIfUsable(ServiceLoader.Provider<ALPNProcessor.Server> provider) {
        try {
            ALPNProcessor.Server other = provider.get();
            if (!(other instanceof ObservedAlpnProcessor)) {
                other.init();
                others.add(other);
            }
        } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
            LOG.log(Level.DEBUG, "An ALPN processor cannot be used and is ignored", e);
        }
    }
}
