package dev.gangway.tomcat.internal.openssl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes the parts of an OpenSSL session ({@code SSL_SESSION}) that tickets need. */
final class Sessions {
    private final MethodHandle sessionOf;
    private final MethodHandle isReused;
    private final MethodHandle setData;
    private final MethodHandle getData;
    private final MethodHandle getTime;
    private final MethodHandle setTimeout;
    private final MethodHandle peer;
    private final MethodHandle peerChain;
    private final MethodHandle stackSize;
    private final MethodHandle stackElement;
    private final MethodHandle encodeCertificate;
    private final MethodHandle encodeSession;

    Sessions(LibSsl lib) {
        sessionOf = lib.function("SSL_get_session", FunctionDescriptor.of(ADDRESS, ADDRESS));
        isReused = lib.function("SSL_session_reused", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        setData = lib.function(
                "SSL_SESSION_set1_ticket_appdata", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));
        getData = lib.function(
                "SSL_SESSION_get0_ticket_appdata", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
        getTime = lib.functionWithLong("SSL_SESSION_get_time", FunctionDescriptor.of(LibSsl.C_LONG, ADDRESS));
        setTimeout = lib.functionWithLong(
                "SSL_SESSION_set_timeout", FunctionDescriptor.of(LibSsl.C_LONG, ADDRESS, LibSsl.C_LONG));
        peer = lib.function("SSL_SESSION_get0_peer", FunctionDescriptor.of(ADDRESS, ADDRESS));
        peerChain = lib.function("SSL_get_peer_cert_chain", FunctionDescriptor.of(ADDRESS, ADDRESS));
        stackSize = lib.function("OPENSSL_sk_num", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        stackElement = lib.function("OPENSSL_sk_value", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
        FunctionDescriptor encoder = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);
        encodeCertificate = lib.function("i2d_X509", encoder);
        encodeSession = lib.function("i2d_SSL_SESSION", encoder);
    }

    /** The session of a connection, or {@code NULL}. */
    MemorySegment of(MemorySegment ssl) throws Throwable {
        return (MemorySegment) sessionOf.invokeExact(ssl);
    }

    /** Whether this handshake resumes a session. */
    boolean isReused(MemorySegment ssl) throws Throwable {
        return (int) isReused.invokeExact(ssl) == 1;
    }

    /** In TLS 1.2 the Unix second of the full handshake; in TLS 1.3 the Unix second in which the ticket was issued. */
    long time(MemorySegment session) throws Throwable {
        return (long) getTime.invokeExact(session);
    }

    /**
     * Writes {@code data} into the session, and its timeout, in seconds from {@link #time}. Returns whether OpenSSL
     * accepted both.
     */
    boolean write(MemorySegment session, byte[] data, long timeout) throws Throwable {
        if (!write(session, data)) {
            return false;
        }
        return (long) setTimeout.invokeExact(session, timeout) == 1;
    }

    /** Removes the written data. */
    void clear(MemorySegment session) throws Throwable {
        write(session, new byte[0]);
    }

    private boolean write(MemorySegment session, byte[] data) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, data);
            return (int) setData.invokeExact(session, bytes, (long) data.length) == 1;
        }
    }

    /** The data that was written into the session; empty if there is none. */
    byte[] data(MemorySegment session) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocate(ADDRESS);
            MemorySegment length = arena.allocate(JAVA_LONG);
            if ((int) getData.invokeExact(session, data, length) != 1) {
                return new byte[0];
            }
            return data.get(ADDRESS, 0).reinterpret(length.get(JAVA_LONG, 0)).toArray(JAVA_BYTE);
        }
    }

    /** The length in bytes of the session in a ticket, before it is sealed. */
    int encodedLength(MemorySegment session) throws Throwable {
        return (int) encodeSession.invokeExact(session, MemorySegment.NULL);
    }

    /** The client's own certificate, in DER. */
    Optional<byte[]> clientCertificate(MemorySegment session) throws Throwable {
        MemorySegment certificate = (MemorySegment) peer.invokeExact(session);
        return MemorySegment.NULL.equals(certificate) ? Optional.empty() : Optional.of(encode(certificate));
    }

    /** The certificates that the client sent after its own, in DER; known in a full handshake only. */
    List<byte[]> clientIntermediates(MemorySegment ssl) throws Throwable {
        MemorySegment chain = (MemorySegment) peerChain.invokeExact(ssl);
        if (MemorySegment.NULL.equals(chain)) {
            return List.of();
        }
        int size = (int) stackSize.invokeExact(chain);
        List<byte[]> certificates = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            certificates.add(encode((MemorySegment) stackElement.invokeExact(chain, i)));
        }
        return certificates;
    }

    private byte[] encode(MemorySegment certificate) throws Throwable {
        int length = (int) encodeCertificate.invokeExact(certificate, MemorySegment.NULL);
        if (length <= 0) {
            throw new IllegalStateException("a certificate cannot be encoded");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment der = arena.allocate(length);
            MemorySegment position = arena.allocateFrom(ValueLayout.ADDRESS, der);
            if ((int) encodeCertificate.invokeExact(certificate, position) != length) {
                throw new IllegalStateException("a certificate cannot be encoded");
            }
            return der.toArray(JAVA_BYTE);
        }
    }
}
