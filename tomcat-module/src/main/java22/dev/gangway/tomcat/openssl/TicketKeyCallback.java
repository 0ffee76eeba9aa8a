package dev.gangway.tomcat.openssl;

import dev.gangway.engine.InstallationException;
import dev.gangway.keys.KeyName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The one function that OpenSSL calls for each ticket it seals or opens, in whichever context. It lives as long as the
 * process, because OpenSSL may call it for as long as any connection lives, and finds the keys by the address of the
 * {@code SSL_CTX}.
 *
 * <p>The keys are held weakly; the Java object that owns the {@code SSL_CTX} holds them, and every connection holds that.
 * So they are there whenever OpenSSL asks, and gone when the context is. A new context at an address that was freed puts
 * its own keys there before OpenSSL can ask for them.
 */
final class TicketKeyCallback {
    private static final Logger LOG = System.getLogger("dev.gangway.tomcat");

    // What OpenSSL wants back, see SSL_CTX_set_tlsext_ticket_key_evp_cb(3).
    private static final int NO_KEY = 0;
    private static final int DONE = 1;
    private static final int DONE_AND_RENEW = 2;

    private static final int TLS_1_3 = 0x0304;

    // Keys that are destroyed while they are being copied have been replaced before.
    private static final int ATTEMPTS = 5;

    private static final Map<Long, WeakReference<OpenSslTicketKeys>> KEYS = new ConcurrentHashMap<>();
    private static final AtomicBoolean FAULT_LOGGED = new AtomicBoolean();

    private static volatile TicketKeyCallback instance;

    private final LibSsl lib;
    private final MemorySegment stub;

    private TicketKeyCallback(LibSsl lib) throws ReflectiveOperationException {
        this.lib = lib;
        MethodType type = MethodType.methodType(
                int.class,
                MemorySegment.class,
                MemorySegment.class,
                MemorySegment.class,
                MemorySegment.class,
                MemorySegment.class,
                int.class);
        this.stub = Linker.nativeLinker()
                .upcallStub(
                        MethodHandles.lookup().bind(this, "onTicket", type),
                        LibSsl.TICKET_KEY_CALLBACK,
                        Arena.global());
    }

    /**
     * The one of this process, made when first asked for.
     *
     * @throws InstallationException if OpenSSL cannot be used here
     */
    static synchronized TicketKeyCallback get() throws InstallationException {
        if (instance == null) {
            try {
                instance = new TicketKeyCallback(LibSsl.open());
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("Gangway's own ticket callback is missing", e);
            }
        }
        return instance;
    }

    LibSsl lib() {
        return lib;
    }

    /** Makes OpenSSL ask {@code keys} for the tickets of {@code sslCtx}, for as long as somebody holds {@code keys}. */
    void install(MemorySegment sslCtx, OpenSslTicketKeys keys) throws InstallationException {
        KEYS.values().removeIf(reference -> reference.refersTo(null));
        KEYS.put(sslCtx.address(), new WeakReference<>(keys));
        try {
            if ((int) lib.setTicketKeyCallback.invokeExact(sslCtx, stub) != 1) {
                throw new InstallationException("OpenSSL does not take a ticket key callback");
            }
        } catch (InstallationException e) {
            throw e;
        } catch (Throwable e) {
            throw new InstallationException("OpenSSL's ticket key callback cannot be set: " + e, e);
        }
    }

    /** How many contexts have keys, those included that nobody has missed yet. */
    static int contexts() {
        return KEYS.size();
    }

    // Called by OpenSSL. Whatever is thrown out of here ends the JVM.
    private int onTicket(
            MemorySegment ssl,
            MemorySegment name,
            MemorySegment iv,
            MemorySegment cipher,
            MemorySegment mac,
            int encrypt) {
        try {
            MemorySegment sslCtx = (MemorySegment) lib.contextOf.invokeExact(ssl);
            WeakReference<OpenSslTicketKeys> reference = KEYS.get(sslCtx.address());
            OpenSslTicketKeys keys = reference == null ? null : reference.get();
            if (keys == null) {
                return NO_KEY;
            }
            TicketCipher ticket = new TicketCipher(lib, cipher, mac);
            int result = NO_KEY;
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                try {
                    result = encrypt == 1 ? seal(keys, ticket, name, iv) : open(keys, ticket, name, iv, ssl);
                    break;
                } catch (IllegalStateException destroyed) {
                    if (attempt == ATTEMPTS) {
                        throw destroyed;
                    }
                }
            }
            if (result == NO_KEY) {
                lib.clearErrors.invokeExact();
            }
            return result;
        } catch (Throwable e) {
            logOnce(e);
            return NO_KEY;
        }
    }

    private static int seal(OpenSslTicketKeys keys, TicketCipher ticket, MemorySegment name, MemorySegment iv)
            throws Throwable {
        TicketKeyMaterial key = keys.sealing();
        if (!ticket.seal(key, iv)) {
            return NO_KEY;
        }
        MemorySegment.copy(key.name().toByteArray(), 0, name, ValueLayout.JAVA_BYTE, 0, TicketKeyMaterial.NAME_LENGTH);
        return DONE;
    }

    private int open(
            OpenSslTicketKeys keys, TicketCipher ticket, MemorySegment name, MemorySegment iv, MemorySegment ssl)
            throws Throwable {
        OpenSslTicketKeys.Opening opening = keys.opening(KeyName.of(name.toArray(ValueLayout.JAVA_BYTE)));
        if (opening == null || !ticket.open(opening.key(), iv)) {
            return NO_KEY;
        }
        // A TLS 1.3 client uses a ticket once, and needs another.
        boolean renew = opening.isOld() || (int) lib.protocolVersion.invokeExact(ssl) == TLS_1_3;
        return renew ? DONE_AND_RENEW : DONE;
    }

    private static void logOnce(Throwable e) {
        try {
            if (FAULT_LOGGED.compareAndSet(false, true)) {
                LOG.log(
                        Level.WARNING,
                        "A ticket key could not be given to OpenSSL, which costs one full handshake each time: {0}",
                        e.getClass().getName());
            }
        } catch (Throwable ignored) {
            // There is nobody to tell, and the handshake must go on.
        }
    }
}
