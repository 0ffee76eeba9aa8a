package dev.gangway.internal.engine.jdk;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Reads tickets before SunJSSE does. Uses SunJSSE's own code for decryption and parsing, because the format differs
 * between versions. Extracts the client's certificates from tickets, on connectors that request them, and checks
 * whether a session can be written into a ticket.
 */
final class TicketReader {
    private final Class<?> engine;
    private final Field connectionOfEngine;
    private final Field handshakeOfConnection;
    private final Constructor<?> newTicket;
    private final Method decrypt;
    private final Constructor<?> newSession;
    private final Method write;

    private TicketReader(String jsse) throws ReflectiveOperationException {
        engine = Class.forName(jsse + ".SSLEngineImpl");
        Class<?> handshake = Class.forName(jsse + ".HandshakeContext");
        Class<?> ticket = Class.forName(jsse + ".SessionTicketExtension$SessionTicketSpec");
        connectionOfEngine = engine.getDeclaredField("conContext");
        handshakeOfConnection = connectionOfEngine.getType().getDeclaredField("handshakeContext");
        newTicket = ticket.getDeclaredConstructor(handshake, ByteBuffer.class);
        decrypt = ticket.getDeclaredMethod("decrypt", handshake);
        Class<?> session = Class.forName(jsse + ".SSLSessionImpl");
        newSession = session.getDeclaredConstructor(handshake, ByteBuffer.class);
        write = session.getDeclaredMethod("write");
        connectionOfEngine.setAccessible(true);
        handshakeOfConnection.setAccessible(true);
        newTicket.setAccessible(true);
        decrypt.setAccessible(true);
        newSession.setAccessible(true);
        write.setAccessible(true);
    }

    /**
     * @param jsse the package of SunJSSE
     * @return empty if this JDK reads tickets in another way
     */
    static Optional<TicketReader> in(String jsse) {
        try {
            return Optional.of(new TicketReader(jsse));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /**
     * The certificates in {@code ticket}, end-entity certificate first; an empty list if the client had none. Looks up
     * the key in the key map of {@code server}, as SunJSSE does.
     *
     * @param server in the middle of a handshake
     * @return empty if the ticket cannot be opened or read
     */
    Optional<List<X509Certificate>> clientChain(SSLEngine server, byte[] ticket) {
        try {
            Object handshake = handshakeOf(server);
            if (handshake == null) {
                return Optional.empty();
            }
            Object state = decrypt.invoke(newTicket.newInstance(handshake, ByteBuffer.wrap(ticket)), handshake);
            return state == null
                    ? Optional.empty()
                    : Optional.of(chainOf((SSLSession) newSession.newInstance(handshake, state)));
        } catch (InvocationTargetException e) {
            // Also thrown for a ticket that decrypts but does not parse.
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("SunJSSE's ticket classes have changed at run time", e);
        }
    }

    /**
     * Whether SunJSSE can write the session of this handshake into a ticket, and read it again.
     *
     * @param server in the middle of a handshake
     */
    boolean canReadBack(SSLEngine server) {
        try {
            Object handshake = handshakeOf(server);
            SSLSession session = server.getHandshakeSession();
            if (handshake == null || session == null) {
                return false;
            }
            newSession.newInstance(handshake, ByteBuffer.wrap((byte[]) write.invoke(session)));
            return true;
        } catch (InvocationTargetException e) {
            return false;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("SunJSSE's ticket classes have changed at run time", e);
        }
    }

    /**
     * How many bytes SunJSSE would write into a ticket now, before it compresses and encrypts them. They contain the
     * certificates of the client as soon as they have been checked.
     *
     * @param server in the middle of a handshake
     * @return 0 if SunJSSE cannot write the session
     */
    int lengthOfSession(SSLEngine server) {
        try {
            SSLSession session = server.getHandshakeSession();
            return handshakeOf(server) == null || session == null ? 0 : ((byte[]) write.invoke(session)).length;
        } catch (InvocationTargetException e) {
            return 0;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("SunJSSE's ticket classes have changed at run time", e);
        }
    }

    // Null if there is no handshake, or the engine is not SunJSSE's.
    private Object handshakeOf(SSLEngine server) throws IllegalAccessException {
        return engine.isInstance(server) ? handshakeOfConnection.get(connectionOfEngine.get(server)) : null;
    }

    private static List<X509Certificate> chainOf(SSLSession session) {
        try {
            return Arrays.stream(session.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }
}
