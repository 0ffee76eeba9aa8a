package dev.gangway.tomcat.internal.openssl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.gangway.ClientAuth;
import dev.gangway.internal.engine.InstallationException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The session id context of one {@code SSL_CTX}. OpenSSL stores it in each ticket, and resumes a session only if the
 * context is the same; Tomcat sets "default" everywhere.
 *
 * <p>With verbatim keys it is computed as in nginx's HTTP module, so that both accept each other's tickets: SHA-1 over
 * "HTTP", the SHA-1 of the server's certificate, and the SHA-1 of each name of a client certificate authority. That
 * also separates servers with other certificates or other trusted authorities, which verbatim keys do not separate. If
 * client certificates are optional, the value differs from nginx's, because it must differ from that of a server that
 * requires one.
 */
final class SessionIdContext {
    private static final int SHA1_LENGTH = 20;

    private final LibSsl lib;
    private final MemorySegment sslCtx;
    private final ClientAuth clientAuth;
    private boolean set;

    SessionIdContext(LibSsl lib, MemorySegment sslCtx, ClientAuth clientAuth) {
        this.lib = lib;
        this.sslCtx = sslCtx;
        this.clientAuth = clientAuth;
    }

    /** Does nothing when called again: the session id context of a context in use must not change. */
    void setForVerbatimKeys() throws InstallationException {
        if (!set) {
            try {
                set(nameForVerbatimKeys());
                set = true;
            } catch (InstallationException e) {
                throw e;
            } catch (Throwable e) {
                throw new InstallationException("OpenSSL's session id context cannot be set: " + e, e);
            }
        }
    }

    private void set(byte[] name) throws Throwable {
        MethodHandle setter = lib.function(
                "SSL_CTX_set_session_id_context", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, name);
            if ((int) setter.invokeExact(sslCtx, bytes, name.length) != 1) {
                throw new InstallationException(
                        "OpenSSL does not take a session id context of " + name.length + " bytes");
            }
        }
    }

    private byte[] nameForVerbatimKeys() throws Throwable {
        MessageDigest sha1 = sha1();
        sha1.update("HTTP".getBytes(StandardCharsets.US_ASCII));
        MemorySegment certificate =
                (MemorySegment) lib.function("SSL_CTX_get0_certificate", FunctionDescriptor.of(ADDRESS, ADDRESS))
                        .invokeExact(sslCtx);
        if (MemorySegment.NULL.equals(certificate)) {
            throw new InstallationException("the TLS context has no certificate");
        }
        sha1.update(digest("X509_digest", certificate));

        // Tomcat sends the authorities of a trust store even if no client certificate is requested.
        if (clientAuth != ClientAuth.NONE) {
            addAuthorities(sha1);
        }
        if (clientAuth == ClientAuth.OPTIONAL || clientAuth == ClientAuth.OPTIONAL_UNVERIFIED) {
            sha1.update(clientAuth.name().getBytes(StandardCharsets.US_ASCII));
        }
        return sha1.digest();
    }

    private void addAuthorities(MessageDigest sha1) throws Throwable {
        MemorySegment names =
                (MemorySegment) lib.function("SSL_CTX_get_client_CA_list", FunctionDescriptor.of(ADDRESS, ADDRESS))
                        .invokeExact(sslCtx);
        if (MemorySegment.NULL.equals(names)) {
            return;
        }
        int count = (int) lib.function("OPENSSL_sk_num", FunctionDescriptor.of(JAVA_INT, ADDRESS))
                .invokeExact(names);
        MethodHandle value = lib.function("OPENSSL_sk_value", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
        for (int i = 0; i < count; i++) {
            sha1.update(digest("X509_NAME_digest", (MemorySegment) value.invokeExact(names, i)));
        }
    }

    private byte[] digest(String function, MemorySegment of) throws Throwable {
        MemorySegment algorithm = (MemorySegment)
                lib.function("EVP_sha1", FunctionDescriptor.of(ADDRESS)).invokeExact();
        MethodHandle digest =
                lib.function(function, FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(SHA1_LENGTH);
            if ((int) digest.invokeExact(of, algorithm, bytes, MemorySegment.NULL) != 1) {
                throw new InstallationException("OpenSSL's " + function + " fails");
            }
            return bytes.toArray(JAVA_BYTE);
        }
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java runtime has SHA-1", e);
        }
    }
}
