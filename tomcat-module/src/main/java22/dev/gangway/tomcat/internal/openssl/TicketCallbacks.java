package dev.gangway.tomcat.internal.openssl;

import dev.gangway.internal.engine.CurrentConnection;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.keys.KeyName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The three functions that OpenSSL calls for each ticket, in every context: one for the key, one before a ticket is
 * created, and one after a ticket has been decrypted. They exist as long as the process, because OpenSSL may call them
 * as long as any connection exists.
 *
 * <p>OpenSSL calls them on the thread that called it, so they can find {@linkplain OpenSslConnection the connection}
 * and its keys. Without one (a renegotiation, post-handshake authentication, an engine without an observer) no ticket
 * is opened or sealed.
 */
final class TicketCallbacks {
    private static final Logger LOG = System.getLogger("dev.gangway.tomcat");

    // Return values for a key, see SSL_CTX_set_tlsext_ticket_key_evp_cb(3).
    private static final int NO_KEY = 0;
    private static final int DONE = 1;
    private static final int DONE_AND_RENEW = 2;

    // The status of a ticket, and return values, see SSL_CTX_set_session_ticket_cb(3).
    private static final int SUCCESS = 5;
    private static final int SUCCESS_RENEW = 6;
    private static final int IGNORE_AND_RENEW = 2;
    private static final int USE = 3;
    private static final int USE_AND_RENEW = 4;

    // Any other value ends the handshake.
    private static final int GO_ON = 1;

    private static final int TLS_1_3 = 0x0304;

    // Keys that are destroyed while they are copied have already been replaced.
    private static final int ATTEMPTS = 5;

    private static final AtomicBoolean FAULT_LOGGED = new AtomicBoolean();

    private static volatile TicketCallbacks instance;

    private final LibSsl lib;
    private final Sessions sessions;
    private final MemorySegment onKey;
    private final MemorySegment onGenerate;
    private final MemorySegment onDecrypt;

    private TicketCallbacks(LibSsl lib) throws ReflectiveOperationException {
        this.lib = lib;
        this.sessions = new Sessions(lib);
        this.onKey = stub("onKey", LibSsl.TICKET_KEY_CALLBACK);
        this.onGenerate = stub("onGenerate", LibSsl.GENERATE_CALLBACK);
        this.onDecrypt = stub("onDecrypt", LibSsl.DECRYPT_CALLBACK);
    }

    private MemorySegment stub(String method, FunctionDescriptor descriptor) throws ReflectiveOperationException {
        return Linker.nativeLinker()
                .upcallStub(
                        MethodHandles.lookup().bind(this, method, descriptor.toMethodType()),
                        descriptor,
                        Arena.global());
    }

    /**
     * The callbacks of this process, created on the first call.
     *
     * @throws InstallationException if OpenSSL cannot be used here
     */
    static synchronized TicketCallbacks get() throws InstallationException {
        if (instance == null) {
            try {
                instance = new TicketCallbacks(LibSsl.open());
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("Gangway's own ticket callback is missing", e);
            } catch (UnsatisfiedLinkError e) {
                throw new InstallationException("engine 'openssl' cannot use this OpenSSL: " + e.getMessage(), e);
            }
        }
        return instance;
    }

    LibSsl lib() {
        return lib;
    }

    Sessions sessions() {
        return sessions;
    }

    /** Installs the callbacks in {@code sslCtx}. */
    void install(MemorySegment sslCtx) throws InstallationException {
        try {
            if ((int) lib.setTicketDataCallbacks.invokeExact(sslCtx, onGenerate, onDecrypt, MemorySegment.NULL) != 1
                    || (int) lib.setTicketKeyCallback.invokeExact(sslCtx, onKey) != 1) {
                throw new InstallationException("OpenSSL does not take ticket callbacks");
            }
        } catch (InstallationException e) {
            throw e;
        } catch (Throwable e) {
            throw new InstallationException("OpenSSL's ticket callbacks cannot be set: " + e, e);
        }
    }

    private Optional<OpenSslConnection> connection(MemorySegment ssl) throws Throwable {
        Optional<OpenSslConnection> current = CurrentConnection.tickets(OpenSslConnection.class);
        if (current.isEmpty()) {
            return current;
        }
        MemorySegment sslCtx = (MemorySegment) lib.contextOf.invokeExact(ssl);
        return current.filter(connection -> connection.isOn(ssl, sslCtx));
    }

    // Called by OpenSSL, like the two methods below. An exception thrown from here ends the JVM.
    private int onKey(
            MemorySegment ssl,
            MemorySegment name,
            MemorySegment iv,
            MemorySegment cipher,
            MemorySegment mac,
            int encrypt) {
        try {
            Optional<OpenSslConnection> connection = connection(ssl);
            int result = connection.isEmpty()
                    ? NO_KEY
                    : giveKey(connection.get(), name, iv, new TicketCipher(lib, cipher, mac), encrypt == 1);
            if (result == NO_KEY) {
                lib.clearErrors.invokeExact();
            }
            return result;
        } catch (Throwable e) {
            logOnce(e);
            return NO_KEY;
        }
    }

    private int giveKey(
            OpenSslConnection connection, MemorySegment name, MemorySegment iv, TicketCipher ticket, boolean seal)
            throws Throwable {
        for (int attempt = 1; ; attempt++) {
            try {
                return seal ? seal(connection, ticket, name, iv) : open(connection, ticket, name, iv);
            } catch (IllegalStateException destroyed) {
                if (attempt == ATTEMPTS) {
                    throw destroyed;
                }
            }
        }
    }

    private static int seal(OpenSslConnection connection, TicketCipher ticket, MemorySegment name, MemorySegment iv)
            throws Throwable {
        if (!connection.maySeal()) {
            return NO_KEY;
        }
        TicketKeyMaterial key = connection.keys().sealing();
        // Looked at after the key that seals: a handshake that began with a key that has been replaced, after a leak
        // for example, must not carry its session over to the new keys.
        if (!connection.openerIsKnown()) {
            return NO_KEY;
        }
        if (!ticket.seal(key, iv)) {
            return NO_KEY;
        }
        MemorySegment.copy(key.name().toByteArray(), 0, name, ValueLayout.JAVA_BYTE, 0, TicketKeyMaterial.NAME_LENGTH);
        return DONE;
    }

    private int open(OpenSslConnection connection, TicketCipher ticket, MemorySegment name, MemorySegment iv)
            throws Throwable {
        KeyName keyName = KeyName.of(name.toArray(ValueLayout.JAVA_BYTE));
        OpenSslTicketKeys.Opening opening = connection.keys().opening(keyName);
        if (opening == null || !connection.mayOpen() || !ticket.open(opening.key(), iv)) {
            return NO_KEY;
        }
        connection.openedWith(keyName);
        // A TLS 1.3 client uses a ticket once, and needs a new one.
        boolean renew = opening.isOld() || (int) lib.protocolVersion.invokeExact(connection.ssl()) == TLS_1_3;
        return renew ? DONE_AND_RENEW : DONE;
    }

    private int onGenerate(MemorySegment ssl, @SuppressWarnings("unused") MemorySegment argument) {
        try {
            Optional<OpenSslConnection> connection = connection(ssl);
            if (connection.isPresent()) {
                connection.get().prepareTicket();
            }
        } catch (Throwable e) {
            logOnce(e);
        }
        return GO_ON;
    }

    // A ticket that OpenSSL could not open, or that must not be used, requires a full handshake and a new ticket.
    @SuppressWarnings("unused") // of some arguments
    private int onDecrypt(
            MemorySegment ssl,
            MemorySegment session,
            MemorySegment name,
            long nameLength,
            int status,
            MemorySegment argument) {
        try {
            if (status == SUCCESS || status == SUCCESS_RENEW) {
                Optional<OpenSslConnection> connection = connection(ssl);
                if (connection.isPresent() && connection.get().takes(session)) {
                    return status == SUCCESS ? USE : USE_AND_RENEW;
                }
            }
        } catch (Throwable e) {
            logOnce(e);
        }
        return IGNORE_AND_RENEW;
    }

    private static void logOnce(Throwable e) {
        try {
            if (FAULT_LOGGED.compareAndSet(false, true)) {
                LOG.log(
                        Level.WARNING,
                        "The OpenSSL ticket callback of Gangway failed with {0}: the client does a full handshake or gets"
                                + " no ticket. This is logged once only; please report it",
                        e.getClass().getName());
            }
        } catch (Throwable ignored) {
            // Nothing else can be done; the handshake continues.
        }
    }
}
