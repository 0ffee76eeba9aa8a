package dev.gangway.internal.context;

import dev.gangway.internal.engine.ProvenHandshake;
import dev.gangway.internal.engine.TicketEngine;
import dev.gangway.internal.outcome.HandshakeRecorder;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * An {@code SSLContext} that resumes sessions from tickets only, with the keys of a {@link dev.gangway.internal.manager.TicketKeyManager}.
 *
 * <p>It is the engine's own context in a thin cover: {@code init} initialises that, switches its session cache off, puts
 * the keys in, and proves with handshakes in memory that they work, or throws. Its {@code SSLEngine}s are the engine's
 * own, {@linkplain dev.gangway.internal.engine.ObservedSslEngine observed}.
 */
public final class TicketOnlySslContext extends SSLContext {
    private final TicketOnlySslContextSpi spi;

    private TicketOnlySslContext(TicketOnlySslContextSpi spi, SSLContext delegate) {
        super(spi, delegate.getProvider(), delegate.getProtocol());
        this.spi = spi;
    }

    /**
     * A context that is yet to be initialised.
     *
     * @param recorder counts what becomes of the handshakes, and has the manager whose keys are used
     * @param protocol as for {@link SSLContext#getInstance(String)}, such as {@code TLS}
     * @throws NoSuchAlgorithmException if the engine does not know the protocol
     */
    public static TicketOnlySslContext create(
            TicketEngine engine, HandshakeRecorder recorder, Connector connector, String protocol)
            throws NoSuchAlgorithmException {
        SSLContext delegate = engine.newContext(protocol);
        return new TicketOnlySslContext(
                new TicketOnlySslContextSpi(engine, recorder, connector, protocol, delegate), delegate);
    }

    /** The kinds of handshakes that were proven in memory, one for each protocol version; empty before {@code init}. */
    public List<ProvenHandshake> proven() {
        return spi.proven();
    }

    /** The TLS implementation it is of. */
    public TicketEngine engine() {
        return spi.engine();
    }

    /**
     * Makes the next {@code init} leave this context as it is: for a container that can only go back to an earlier
     * context by initialising it again.
     */
    public void ignoreNextInit() {
        spi.ignoreNextInit();
    }
}
