package dev.gangway.tomcat.internal.openssl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.gangway.internal.engine.InstallationException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;
import org.apache.tomcat.util.openssl.openssl_h;

/**
 * The functions of OpenSSL 3 that Tomcat's own binding lacks, from the same library that Tomcat uses. Two copies of
 * OpenSSL in one process must not use each other's objects, so the address of one known function is compared.
 */
final class LibSsl {
    private static final String LIBRARY_PROPERTY = "org.apache.tomcat.util.openssl.LIBRARY_NAME";
    private static final long OPENSSL_3_0 = 0x30000000L;

    /** {@code long} in C, for {@link #functionWithLong}. */
    static final MemoryLayout C_LONG =
            Linker.nativeLinker().canonicalLayouts().get("long").withName("long");

    private final SymbolLookup symbols;

    final MethodHandle setTicketKeyCallback;
    final MethodHandle setTicketDataCallbacks;
    final MethodHandle contextOf;
    final MethodHandle protocolVersion;
    final MethodHandle randomBytes;
    final MethodHandle encryptInit;
    final MethodHandle decryptInit;
    final MethodHandle setMacParameters;
    final MethodHandle clearErrors;
    final MemorySegment aes128Cbc;
    final MemorySegment aes256Cbc;

    private LibSsl(SymbolLookup symbols) throws Throwable {
        this.symbols = symbols;
        setTicketKeyCallback =
                function("SSL_CTX_set_tlsext_ticket_key_evp_cb", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
        setTicketDataCallbacks = function(
                "SSL_CTX_set_session_ticket_cb", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
        contextOf = function("SSL_get_SSL_CTX", FunctionDescriptor.of(ADDRESS, ADDRESS));
        protocolVersion = function("SSL_version", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        randomBytes = function("RAND_bytes", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
        FunctionDescriptor init = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        encryptInit = function("EVP_EncryptInit_ex", init);
        decryptInit = function("EVP_DecryptInit_ex", init);
        setMacParameters = function("EVP_MAC_CTX_set_params", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
        clearErrors = function("ERR_clear_error", FunctionDescriptor.ofVoid());
        aes128Cbc = cipher("AES-128-CBC");
        aes256Cbc = cipher("AES-256-CBC");
    }

    // With EVP_aes_256_cbc, OpenSSL 3 would search its providers for each ticket. So the provider is chosen once.
    private MemorySegment cipher(String name) throws Throwable {
        MethodHandle fetch = function("EVP_CIPHER_fetch", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cipher =
                    (MemorySegment) fetch.invokeExact(MemorySegment.NULL, arena.allocateFrom(name), MemorySegment.NULL);
            if (MemorySegment.NULL.equals(cipher)) {
                clearErrors.invokeExact();
                throw new InstallationException(
                        "engine 'openssl' needs " + name
                                + ", and no provider of this OpenSSL has it; check the providers in openssl.cnf, or use engine 'jdk'");
            }
            return cipher;
        }
    }

    /**
     * @throws InstallationException if there is no such library, or its version is not supported
     * @throws NoClassDefFoundError if this Tomcat lacks its OpenSSL binding
     */
    static LibSsl open() throws InstallationException {
        long version;
        MemorySegment known;
        try {
            version = openssl_h.OpenSSL_version_num();
            known = openssl_h.SSL_CTX_get_timeout$address();
        } catch (LinkageError e) {
            if (e.getCause() instanceof ClassNotFoundException) {
                throw e;
            }
            throw unavailable(e);
        }
        if (version >>> 28 < OPENSSL_3_0 >>> 28) {
            throw new InstallationException(
                    "engine 'openssl' needs OpenSSL 3 or later, and Tomcat uses a library of version 0x"
                            + Long.toHexString(version) + "; install OpenSSL 3, or use engine 'jdk'");
        }
        try {
            for (SymbolLookup candidate : candidates()) {
                Optional<MemorySegment> here = candidate.find("SSL_CTX_get_timeout");
                if (here.isPresent() && here.get().address() == known.address()) {
                    return new LibSsl(candidate);
                }
            }
        } catch (InstallationException e) {
            throw e;
        } catch (Throwable e) {
            throw unavailable(e);
        }
        throw new InstallationException(
                "engine 'openssl' cannot find the OpenSSL library that Tomcat uses (" + openssl_h.LIBRARY_NAME
                        + "); of the system properties org.apache.tomcat.util.openssl.* set only LIBRARY_NAME");
    }

    private static List<SymbolLookup> candidates() {
        SymbolLookup byName = name ->
                libraryNamed(System.mapLibraryName(openssl_h.LIBRARY_NAME)).flatMap(library -> library.find(name));
        return List.of(byName, SymbolLookup.loaderLookup());
    }

    private static Optional<SymbolLookup> libraryNamed(String name) {
        try {
            return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static InstallationException unavailable(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String library = System.mapLibraryName(System.getProperty(LIBRARY_PROPERTY, "ssl"));
        return new InstallationException(
                "engine 'openssl' needs OpenSSL 3, and Tomcat cannot load " + library + " (" + cause
                        + "); install it under that name (Debian: libssl-dev), or name another with -D"
                        + LIBRARY_PROPERTY + ", or use engine 'jdk'",
                e);
    }

    MethodHandle function(String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(address(name), descriptor);
    }

    /**
     * A function with parameters or a result of type {@link #C_LONG}: in Java they are a {@code long}, whatever their
     * size in C.
     */
    MethodHandle functionWithLong(String name, FunctionDescriptor descriptor) {
        MethodHandle function = function(name, descriptor);
        MethodType type = function.type();
        for (int i = 0; i < type.parameterCount(); i++) {
            if (descriptor.argumentLayouts().get(i).equals(C_LONG)) {
                type = type.changeParameterType(i, long.class);
            }
        }
        if (descriptor.returnLayout().filter(C_LONG::equals).isPresent()) {
            type = type.changeReturnType(long.class);
        }
        return MethodHandles.explicitCastArguments(function, type);
    }

    MemorySegment address(String name) {
        return symbols.find(name).orElseThrow(() -> new UnsatisfiedLinkError("there is no function " + name));
    }

    /** {@code OSSL_PARAM}, see core.h of OpenSSL 3. */
    static final MemoryLayout PARAMETER = MemoryLayout.structLayout(
            ADDRESS.withName("key"),
            JAVA_INT.withName("data_type"),
            MemoryLayout.paddingLayout(4),
            ADDRESS.withName("data"),
            JAVA_LONG.withName("data_size"),
            JAVA_LONG.withName("return_size"));

    /** Called by OpenSSL before it creates a ticket. */
    static final FunctionDescriptor GENERATE_CALLBACK = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);

    /** Called by OpenSSL after it has tried to decrypt a ticket. */
    static final FunctionDescriptor DECRYPT_CALLBACK =
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS);

    /** Called by OpenSSL for the key of each ticket. The lengths of the two arrays are what is read or written. */
    static final FunctionDescriptor TICKET_KEY_CALLBACK = FunctionDescriptor.of(
            JAVA_INT,
            ADDRESS,
            ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(TicketKeyMaterial.NAME_LENGTH, JAVA_BYTE)),
            ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(TicketKeyMaterial.IV_LENGTH, JAVA_BYTE)),
            ADDRESS,
            ADDRESS,
            JAVA_INT);
}
