package dev.gangway.internal.engine.conscrypt;

import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.engine.TicketEngine;
import dev.gangway.internal.engine.TlsServer;
import dev.gangway.internal.handshake.InMemoryClient;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

/**
 * The native {@code SSL_CTX} behind one Conscrypt context. Holds the session context whose finalizer frees the
 * {@code SSL_CTX}, so that it is not freed while this object is reachable.
 */
final class NativeContext {
    private static final String POINTER_FIELD = "sslCtxNativePointer";

    private final TicketEngine engine;
    private final TlsServer server;
    private final SSLSessionContext sessions;
    private final Memory memory;
    private final long address;

    private NativeContext(
            TicketEngine engine, TlsServer server, SSLSessionContext sessions, Memory memory, long address) {
        this.engine = engine;
        this.server = server;
        this.sessions = sessions;
        this.memory = memory;
        this.address = address;
    }

    /**
     * @throws InstallationException if the context is not Conscrypt's, or does not have its address in
     *     the expected field
     */
    static NativeContext of(TicketEngine engine, TlsServer server, Memory memory) throws InstallationException {
        SSLSessionContext sessions = server.context().getServerSessionContext();
        return new NativeContext(engine, server, sessions, memory, addressIn(sessions));
    }

    Memory memory() {
        return memory;
    }

    long address() {
        return address;
    }

    SSLSessionContext sessions() {
        return sessions;
    }

    /**
     * Makes the context seal a ticket, in a TLS 1.2 handshake in memory, where the ticket is sent in cleartext.
     *
     * @return the ticket's first 16 bytes: the name of the key that seals now
     */
    byte[] nameOfFreshTicket() throws InstallationException {
        Supplier<SSLEngine> tls12 = () -> {
            SSLEngine sslEngine = server.engines().get();
            sslEngine.setEnabledProtocols(new String[] {"TLSv1.2"});
            // A connector for TLS 1.3 only may have no cipher suites for TLS 1.2.
            sslEngine.setEnabledCipherSuites(sslEngine.getSupportedCipherSuites());
            return sslEngine;
        };
        byte[] ticket = InMemoryClient.of(engine)
                .connect("TLSv1.2", server.withEngines(tls12))
                .handshake()
                .issuedTicket()
                .filter(issued -> issued.length > NativeKey.NAME_LENGTH)
                .orElseThrow(
                        () -> new InstallationException("Conscrypt issues no session tickets on this connector: they"
                                + " are switched off; remove the setting that does so, or use engine 'jdk'"));
        return Arrays.copyOf(ticket, NativeKey.NAME_LENGTH);
    }

    private static long addressIn(SSLSessionContext sessions) throws InstallationException {
        for (Class<?> type = sessions.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : List.of(type.getDeclaredFields())) {
                if (field.getName().equals(POINTER_FIELD) && field.getType() == long.class) {
                    return read(field, sessions);
                }
            }
        }
        throw new InstallationException("engine 'conscrypt' needs an SSLContext of Conscrypt, but this one has a "
                + sessions.getClass().getName() + " without " + POINTER_FIELD
                + "; use a version that Gangway's documentation names");
    }

    private static long read(Field field, SSLSessionContext sessions) throws InstallationException {
        try {
            field.setAccessible(true);
            return field.getLong(sessions);
        } catch (IllegalAccessException | RuntimeException e) {
            throw new InstallationException(
                    "Conscrypt's " + field.getDeclaringClass().getSimpleName() + "." + POINTER_FIELD
                            + " is not accessible (" + e.getMessage() + "); put Conscrypt on the class path",
                    e);
        }
    }
}
