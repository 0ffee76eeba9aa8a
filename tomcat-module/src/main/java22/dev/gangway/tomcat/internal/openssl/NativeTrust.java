package dev.gangway.tomcat.internal.openssl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.gangway.internal.engine.ClientAuthentication.ChainTrust;
import dev.gangway.internal.engine.CurrentConnection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;

/**
 * Checks the certificates in a ticket as OpenSSL itself checks those of a full handshake, if no Java trust manager
 * does: with the certificate authorities and revocation lists of the {@code SSL_CTX}, the settings of the connection,
 * and the verify callback that Tomcat has set for it, which handles depth, {@code optionalNoCA} and OCSP.
 */
final class NativeTrust implements ChainTrust {
    private static final Logger LOG = System.getLogger("dev.gangway.tomcat");

    // SSL_CTRL_CERT_FLAGS, and SSL_CERT_FLAG_SUITEB_128_LOS, whose bits are those of X509_V_FLAG_SUITEB_128_LOS.
    private static final int CERT_FLAGS = 99;
    private static final long SUITE_B = 0x30000;

    private final LibSsl lib;
    private final MethodHandle store;
    private final MethodHandle newVerification;
    private final MethodHandle init;
    private final MethodHandle free;
    private final MethodHandle setData;
    private final MethodHandle dataIndex;
    private final MethodHandle setDefault;
    private final MethodHandle setFlags;
    private final MethodHandle sslControl;
    private final MethodHandle parameters;
    private final MethodHandle sslParameters;
    private final MethodHandle takeParameters;
    private final MethodHandle setLevel;
    private final MethodHandle sslLevel;
    private final MethodHandle sslCallback;
    private final MethodHandle setCallback;
    private final MethodHandle verify;
    private final MethodHandle decode;
    private final MethodHandle freeCertificate;
    private final MethodHandle newStack;
    private final MethodHandle push;
    private final MethodHandle freeStack;

    NativeTrust(LibSsl lib) {
        this.lib = lib;
        FunctionDescriptor get = FunctionDescriptor.of(ADDRESS, ADDRESS);
        FunctionDescriptor set = FunctionDescriptor.ofVoid(ADDRESS, ADDRESS);
        FunctionDescriptor release = FunctionDescriptor.ofVoid(ADDRESS);
        FunctionDescriptor make = FunctionDescriptor.of(ADDRESS);
        store = lib.function("SSL_CTX_get_cert_store", get);
        newVerification = lib.function("X509_STORE_CTX_new", make);
        init = lib.function("X509_STORE_CTX_init", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
        free = lib.function("X509_STORE_CTX_free", release);
        setData =
                lib.function("X509_STORE_CTX_set_ex_data", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
        dataIndex = lib.function("SSL_get_ex_data_X509_STORE_CTX_idx", FunctionDescriptor.of(JAVA_INT));
        setDefault = lib.function("X509_STORE_CTX_set_default", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
        setFlags = lib.functionWithLong("X509_STORE_CTX_set_flags", FunctionDescriptor.ofVoid(ADDRESS, LibSsl.C_LONG));
        sslControl = lib.functionWithLong(
                "SSL_ctrl", FunctionDescriptor.of(LibSsl.C_LONG, ADDRESS, JAVA_INT, LibSsl.C_LONG, ADDRESS));
        parameters = lib.function("X509_STORE_CTX_get0_param", get);
        sslParameters = lib.function("SSL_get0_param", get);
        takeParameters = lib.function("X509_VERIFY_PARAM_set1", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
        setLevel = lib.function("X509_VERIFY_PARAM_set_auth_level", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT));
        sslLevel = lib.function("SSL_get_security_level", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        sslCallback = lib.function("SSL_get_verify_callback", get);
        setCallback = lib.function("X509_STORE_CTX_set_verify_cb", set);
        verify = lib.function("X509_verify_cert", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        decode = lib.functionWithLong("d2i_X509", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, LibSsl.C_LONG));
        freeCertificate = lib.function("X509_free", release);
        newStack = lib.function("OPENSSL_sk_new_null", make);
        push = lib.function("OPENSSL_sk_push", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
        freeStack = lib.function("OPENSSL_sk_pop_free", set);
    }

    @Override
    public boolean accepts(List<X509Certificate> chain, SSLEngine engine) {
        try {
            MemorySegment ssl = CurrentConnection.tickets(OpenSslConnection.class)
                    .map(OpenSslConnection::ssl)
                    .orElse(MemorySegment.NULL);
            return !MemorySegment.NULL.equals(ssl) && accepts(chain, ssl);
        } catch (Throwable e) {
            LOG.log(Level.DEBUG, "A session is not resumed: OpenSSL cannot check its client certificate", e);
            return false;
        }
    }

    private boolean accepts(List<X509Certificate> chain, MemorySegment ssl) throws Throwable {
        MemorySegment certificates = (MemorySegment) newStack.invokeExact();
        MemorySegment verification = (MemorySegment) newVerification.invokeExact();
        try {
            MemorySegment own = MemorySegment.NULL;
            for (X509Certificate each : chain) {
                MemorySegment certificate = decode(each.getEncoded());
                if (MemorySegment.NULL.equals(own)) {
                    own = certificate;
                }
                if ((int) push.invokeExact(certificates, certificate) <= 0) {
                    freeCertificate.invokeExact(certificate);
                    return false;
                }
            }
            return prepare(verification, ssl, own, certificates) && (int) verify.invokeExact(verification) == 1;
        } finally {
            free.invokeExact(verification);
            freeStack.invokeExact(certificates, lib.address("X509_free"));
            // Tomcat must not take a refusal here for an error of the connection.
            lib.clearErrors.invokeExact();
        }
    }

    /** In the order of OpenSSL's full handshake: each step overrides the ones before. */
    private boolean prepare(
            MemorySegment verification, MemorySegment ssl, MemorySegment own, MemorySegment certificates)
            throws Throwable {
        MemorySegment sslCtx = (MemorySegment) lib.contextOf.invokeExact(ssl);
        MemorySegment anchors = (MemorySegment) store.invokeExact(sslCtx);
        if ((int) init.invokeExact(verification, anchors, own, certificates) != 1) {
            return false;
        }
        MemorySegment settings = (MemorySegment) parameters.invokeExact(verification);
        int level = (int) sslLevel.invokeExact(ssl);
        setLevel.invokeExact(settings, level);
        long flags = (long) sslControl.invokeExact(ssl, CERT_FLAGS, 0L, MemorySegment.NULL);
        setFlags.invokeExact(verification, flags & SUITE_B);
        int index = (int) dataIndex.invokeExact();
        if ((int) setData.invokeExact(verification, index, ssl) != 1) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment purpose = arena.allocateFrom("ssl_client");
            if ((int) setDefault.invokeExact(verification, purpose) != 1) {
                return false;
            }
        }
        MemorySegment sslSettings = (MemorySegment) sslParameters.invokeExact(ssl);
        if ((int) takeParameters.invokeExact(settings, sslSettings) != 1) {
            return false;
        }
        MemorySegment callback = (MemorySegment) sslCallback.invokeExact(ssl);
        if (!MemorySegment.NULL.equals(callback)) {
            setCallback.invokeExact(verification, callback);
        }
        return true;
    }

    private MemorySegment decode(byte[] der) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, der);
            MemorySegment position = arena.allocateFrom(ADDRESS, bytes);
            MemorySegment certificate =
                    (MemorySegment) decode.invokeExact(MemorySegment.NULL, position, (long) der.length);
            if (MemorySegment.NULL.equals(certificate)) {
                throw new IllegalStateException("OpenSSL cannot read a certificate");
            }
            return certificate;
        }
    }
}
