package dev.gangway.internal.context;

import dev.gangway.internal.engine.ProvenHandshake;
import dev.gangway.internal.engine.TicketEngine;
import dev.gangway.internal.outcome.HandshakeRecorder;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * An {@code SSLContext} that resumes sessions from tickets only, with the keys of a {@link
 * dev.gangway.internal.manager.TicketKeyManager}.
 *
 * <p>It is a thin wrapper of the engine's own context. {@code init} initialises that context, switches its session
 * cache off, installs the keys, and runs a self-test with handshakes in memory; it throws if the self-test fails. Its
 * {@code SSLEngine}s are the engine's own, with an {@linkplain dev.gangway.internal.engine.ObservedSslEngine observer}.
 */
public final class TicketOnlySslContext extends SSLContext {
    private final TicketOnlySslContextSpi spi;

    private TicketOnlySslContext(TicketOnlySslContextSpi spi, SSLContext delegate) {
        super(spi, delegate.getProvider(), delegate.getProtocol());
        this.spi = spi;
    }

    /**
     * Creates a context, which must then be initialised.
     *
     * @param recorder counts the handshakes, and has the manager whose keys are used
     * @param protocol as for {@link SSLContext#getInstance(String)}, such as {@code TLS}
     * @throws NoSuchAlgorithmException if the engine does not have the protocol
     */
    public static TicketOnlySslContext create(
            TicketEngine engine, HandshakeRecorder recorder, Connector connector, String protocol)
            throws NoSuchAlgorithmException {
        SSLContext delegate = engine.newContext(protocol);
        return new TicketOnlySslContext(
                new TicketOnlySslContextSpi(engine, recorder, connector, protocol, delegate), delegate);
    }

    /**
     * The kinds of handshakes that passed the self-test in memory, one for each protocol version; empty before {@code
     * init}.
     */
    public List<ProvenHandshake> proven() {
        return spi.proven();
    }

    /** The TLS implementation of this context. */
    public TicketEngine engine() {
        return spi.engine();
    }

    /**
     * Makes the next {@code init} do nothing, for a container that can return to an earlier context only by
     * initialising it again.
     */
    public void ignoreNextInit() {
        spi.ignoreNextInit();
    }
}
