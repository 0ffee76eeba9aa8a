package dev.gangway.jetty;

import dev.gangway.engine.WatchedSslEngine;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.ALPNProcessor;

/**
 * ALPN for watched engines: lets Jetty's own processor, which knows an engine by its class, see the engine that does the work.
 * Found by Jetty as a service.
 */
public final class WatchedAlpnProcessor implements ALPNProcessor.Server {
    private static final Logger LOG = System.getLogger("dev.gangway.jetty");

    private final List<ALPNProcessor.Server> others = new ArrayList<>();

    /** @throws IllegalStateException if there is no other processor, which Jetty then reports as it does without this one */
    @Override
    public void init() {
        for (ServiceLoader.Provider<ALPNProcessor.Server> provider :
                ServiceLoader.load(ALPNProcessor.Server.class).stream().toList()) {
            if (provider.type() != WatchedAlpnProcessor.class) {
                addIfUsable(provider);
            }
        }
        if (others.isEmpty()) {
            throw new IllegalStateException(
                    "there is no ALPN processor that can be used; add jetty-alpn-java-server, or"
                            + " jetty-alpn-conscrypt-server for engine 'conscrypt'");
        }
    }

    @Override
    public boolean appliesTo(SSLEngine engine) {
        return engine instanceof WatchedSslEngine watched
                && others.stream().anyMatch(other -> other.appliesTo(watched.own()));
    }

    @Override
    public void configure(SSLEngine engine, Connection connection) {
        SSLEngine own = ((WatchedSslEngine) engine).own();
        others.stream()
                .filter(other -> other.appliesTo(own))
                .findFirst()
                .orElseThrow()
                .configure(own, connection);
    }

    // Jetty, too, leaves out what cannot be loaded or initialised.
    private void addIfUsable(ServiceLoader.Provider<ALPNProcessor.Server> provider) {
        try {
            ALPNProcessor.Server other = provider.get();
            other.init();
            others.add(other);
        } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
            LOG.log(Level.DEBUG, "Left out: " + provider.type(), e);
        }
    }
}
