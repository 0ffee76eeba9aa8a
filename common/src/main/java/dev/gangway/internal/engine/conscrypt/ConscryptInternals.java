package dev.gangway.internal.engine.conscrypt;

import dev.gangway.internal.engine.InstallationException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.conscrypt.Conscrypt;

/**
 * What Gangway calls inside {@code org.conscrypt} for one connection: an empty write, which sends what BoringSSL holds
 * back, and switching session tickets off and on during a handshake. Conscrypt has no API for either.
 *
 * <p>Looked up once; a version that lacks any of it is refused before a server starts.
 */
final class ConscryptInternals {
    private static final String PACKAGE = "org.conscrypt.";
    private static final String WRAPPER = PACKAGE + "Java8EngineWrapper";
    // BoringSSL's SSL_OP_NO_TICKET, and NativeConstants of the same name.
    private static final long NO_TICKET = 0x4000L;

    private final Method delegateOfWrapper;
    private final Field nativeSsl;
    private final Field address;
    private final Method write;
    private final Method setOptions;
    private final Method clearOptions;

    private ConscryptInternals() throws ReflectiveOperationException {
        ClassLoader loader = Conscrypt.class.getClassLoader();
        Class<?> engine = Class.forName(PACKAGE + "ConscryptEngine", false, loader);
        Class<?> ssl = Class.forName(PACKAGE + "NativeSsl", false, loader);
        Class<?> crypto = Class.forName(PACKAGE + "NativeCrypto", false, loader);
        delegateOfWrapper = Class.forName(WRAPPER, false, loader).getDeclaredMethod("getDelegate", SSLEngine.class);
        nativeSsl = engine.getDeclaredField("ssl");
        address = ssl.getDeclaredField("ssl");
        write = ssl.getDeclaredMethod("writeDirectByteBuffer", long.class, int.class);
        setOptions = crypto.getDeclaredMethod("SSL_set_options", long.class, ssl, long.class);
        clearOptions = crypto.getDeclaredMethod("SSL_clear_options", long.class, ssl, long.class);
        delegateOfWrapper.setAccessible(true);
        nativeSsl.setAccessible(true);
        address.setAccessible(true);
        write.setAccessible(true);
        setOptions.setAccessible(true);
        clearOptions.setAccessible(true);
    }

    /** @throws InstallationException naming what this version of Conscrypt lacks */
    static ConscryptInternals find() throws InstallationException {
        try {
            return new ConscryptInternals();
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new InstallationException(
                    "this version of Conscrypt is not supported by Gangway (" + e
                            + "); use a version that Gangway's documentation names, or engine 'jdk'",
                    e);
        }
    }

    /** The native connection of {@code engine}, which must be Conscrypt's. */
    Object connection(SSLEngine engine) {
        try {
            Object own = engine.getClass().getName().equals(WRAPPER) ? delegateOfWrapper.invoke(null, engine) : engine;
            return nativeSsl.get(own);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Conscrypt's engine class has changed at run time", e);
        }
    }

    /**
     * Writes no data, which makes BoringSSL send what it holds back until the next write: the TLS 1.3 tickets (see
     * SSL_accept in its ssl.h). They may not all fit into its buffer: call this again once the buffer has been read.
     */
    void writeNothing(Object connection) throws SSLException {
        try {
            write.invoke(connection, 0L, 0);
        } catch (InvocationTargetException e) {
            throw new SSLException("Conscrypt cannot send its session tickets", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the method was made accessible", e);
        }
    }

    /** Makes BoringSSL accept and issue tickets on this connection, or do neither, from now on. */
    void allowTickets(Object connection, boolean allow) {
        try {
            // Conscrypt frees the connection, and zeroes its address, under this lock.
            synchronized (connection) {
                long ssl = address.getLong(connection);
                if (ssl != 0) {
                    (allow ? clearOptions : setOptions).invoke(null, ssl, connection, NO_TICKET);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Conscrypt's options cannot be set", e);
        }
    }
}
