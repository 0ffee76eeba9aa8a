package dev.gangway.internal.wire;

import java.util.HexFormat;
import java.util.Optional;

/**
 * The parts of a ClientHello or ServerHello that concern resumption (RFC 8446 section 4.1). Copies only what a caller
 * requests, so it is valid only as long as the bytes it was read from.
 */
final class Hello {
    static final int TLS_1_2 = 0x0303;
    static final int TLS_1_3 = 0x0304;

    private static final int RANDOM_LENGTH = 32;
    private static final int EXTENSION_SERVER_NAME = 0;
    private static final int EXTENSION_SIGNATURE_ALGORITHMS = 13;
    private static final int EXTENSION_SESSION_TICKET = 35;
    private static final int EXTENSION_PRE_SHARED_KEY = 41;
    private static final int EXTENSION_SUPPORTED_VERSIONS = 43;
    private static final int EXTENSION_SIGNATURE_ALGORITHMS_CERT = 50;

    // RFC 8446 section 4.1.3: a ServerHello with this random is a HelloRetryRequest.
    private static final byte[] RETRY_RANDOM =
            HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    private final int legacyVersion;
    private final boolean isRetry;
    // Null if there is no such extension.
    private ByteReader sessionTicket;
    private ByteReader preSharedKey;
    private ByteReader supportedVersions;
    private ByteReader serverName;
    private boolean hasServerNameTwice;
    private int longestSignatureAlgorithms;

    private Hello(ByteReader body, boolean fromClient) {
        legacyVersion = body.uint16();
        if (fromClient) {
            isRetry = false;
            body.skip(RANDOM_LENGTH);
            body.skip(body.uint8()); // session id
            body.skip(body.uint16()); // cipher suites
            body.skip(body.uint8()); // compression methods
        } else {
            isRetry = isRetry(body.slice(RANDOM_LENGTH));
            body.skip(body.uint8()); // session id
            body.skip(2 + 1); // cipher suite and compression method
        }
        if (body.remaining() > 0) {
            readExtensions(body.slice(body.uint16()));
        }
    }

    /** @throws IndexOutOfBoundsException if {@code body} is not a ClientHello */
    static Hello ofClient(ByteReader body) {
        return new Hello(body, true);
    }

    /** @throws IndexOutOfBoundsException if {@code body} is not a ServerHello */
    static Hello ofServer(ByteReader body) {
        return new Hello(body, false);
    }

    /** {@code TLSv1.3}, {@code TLSv1.2}, or the number of another version in hexadecimal. */
    static String protocol(int version) {
        return switch (version) {
            case TLS_1_3 -> "TLSv1.3";
            case TLS_1_2 -> "TLSv1.2";
            default -> "0x" + Integer.toHexString(version);
        };
    }

    private void readExtensions(ByteReader extensions) {
        while (extensions.remaining() > 0) {
            int type = extensions.uint16();
            int length = extensions.uint16();
            switch (type) {
                case EXTENSION_SESSION_TICKET -> sessionTicket = only(sessionTicket, extensions.slice(length));
                case EXTENSION_PRE_SHARED_KEY -> preSharedKey = only(preSharedKey, extensions.slice(length));
                case EXTENSION_SUPPORTED_VERSIONS -> supportedVersions = extensions.slice(length);
                case EXTENSION_SERVER_NAME -> {
                    hasServerNameTwice |= serverName != null;
                    serverName = extensions.slice(length);
                }
                case EXTENSION_SIGNATURE_ALGORITHMS, EXTENSION_SIGNATURE_ALGORITHMS_CERT -> {
                    longestSignatureAlgorithms = Math.max(longestSignatureAlgorithms, length);
                    extensions.skip(length);
                }
                default -> extensions.skip(length);
            }
        }
    }

    // An extension must not occur twice (RFC 8446 section 4.2). A TLS engine that tolerates it might use the other one.
    private static ByteReader only(ByteReader present, ByteReader next) {
        if (present != null) {
            throw new IndexOutOfBoundsException("an extension occurs twice");
        }
        return next;
    }

    private static boolean isRetry(ByteReader random) {
        for (byte expected : RETRY_RANDOM) {
            if (random.uint8() != (expected & 0xff)) {
                return false;
            }
        }
        return true;
    }

    /** In a ServerHello: whether it is a HelloRetryRequest. */
    boolean isRetry() {
        return isRetry;
    }

    /** In a ServerHello: the version the server chose. */
    int version() {
        return supportedVersions == null
                ? legacyVersion
                : supportedVersions.lookAhead().uint16();
    }

    /** In a ServerHello: whether it resumes by a PSK, as in TLS 1.3. */
    boolean selectsPsk() {
        return preSharedKey != null;
    }

    /** In a ServerHello that {@link #selectsPsk}: which of the client's identities, counted from zero. */
    int selectedIdentity() {
        return preSharedKey.lookAhead().uint16();
    }

    /** In a ClientHello: the ticket of TLS 1.2 (RFC 5077 section 3.2). */
    Optional<ByteReader> sessionTicket() {
        return sessionTicket == null || sessionTicket.remaining() == 0
                ? Optional.empty()
                : Optional.of(sessionTicket.lookAhead());
    }

    /** In a ClientHello: the PSKs it offers, the tickets of TLS 1.3. */
    Optional<ByteReader> preSharedKey() {
        return preSharedKey == null ? Optional.empty() : Optional.of(preSharedKey.lookAhead());
    }

    /** In a ClientHello: the host name that it asks for; empty if there is none, or its extension is malformed. */
    Optional<byte[]> hostName() {
        return hasServerNameTwice || serverName == null
                ? Optional.empty()
                : SessionParts.hostName(serverName.lookAhead());
    }

    /**
     * In a ClientHello: whether the parts that an engine may copy into a session have the
     * {@linkplain SessionParts usual form}.
     */
    boolean hasUsualSessionParts() {
        return !hasServerNameTwice
                && (serverName == null || SessionParts.isUsualServerName(serverName.lookAhead()))
                && SessionParts.isUsualSignatureAlgorithms(longestSignatureAlgorithms);
    }

    /**
     * One of the identities (RFC 8446 section 4.2.11).
     *
     * @param offered a ClientHello's {@link #preSharedKey()}
     * @param index counted from zero
     * @throws IndexOutOfBoundsException if there are fewer
     */
    static ByteReader pskIdentity(ByteReader offered, int index) {
        ByteReader identities = offered.slice(offered.uint16());
        for (int i = 0; i < index; i++) {
            identities.skip(identities.uint16());
            identities.skip(4); // obfuscated ticket age
        }
        return identities.slice(identities.uint16());
    }
}
