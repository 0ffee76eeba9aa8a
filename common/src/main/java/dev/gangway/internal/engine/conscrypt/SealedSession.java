package dev.gangway.internal.engine.conscrypt;

import dev.gangway.internal.keys.HmacSha256;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.IvParameterSpec;

/**
 * The session in a BoringSSL ticket, as far as Gangway checks it: when it began and ends, and the client's
 * certificates.
 *
 * <p>A ticket is a key name (16 bytes), an IV (16), the session, encrypted with AES-128-CBC, and HMAC-SHA256 over all
 * of that (RFC 5077 section 4). The session is in ASN.1, as defined in {@code ssl/ssl_asn1.cc} of BoringSSL.
 *
 * @param protocol as on the wire, such as 0x0304
 * @param time Unix second in which the ticket was sealed
 * @param timeout seconds from {@code time} for which BoringSSL accepts the ticket
 * @param authTimeout seconds from {@code time} to a fixed time after the full handshake, see {@link #fullHandshake}
 * @param chain the client's certificates in DER, end-entity certificate first
 */
record SealedSession(int protocol, long time, long timeout, long authTimeout, List<byte[]> chain) {
    private static final int TLS_1_3 = 0x0304;
    // SSL_DEFAULT_SESSION_AUTH_TIMEOUT: BoringSSL counts it from the full handshake and never renews it. It
    // cannot be configured.
    private static final long AUTH_TIMEOUT = 7 * 24 * 3600;

    private static final AesCbc AES = AesCbc.ofPlatform();

    private static final int IV_LENGTH = 16;
    private static final int MAC_LENGTH = 32;
    private static final int BLOCK = 16;

    private static final int TIME = 0xa1;
    private static final int TIMEOUT = 0xa2;
    private static final int PEER = 0xa3;
    private static final int CHAIN = 0xb3;
    private static final int OTHER_AUTH_TIMEOUT = 0xb9;

    /**
     * Empty if {@code key} did not seal {@code ticket}.
     *
     * @throws IllegalStateException if it did, and the session cannot be read or is not as expected; or if {@code key} has been
     *     destroyed
     */
    static Optional<SealedSession> open(byte[] ticket, NativeKey key) {
        int macAt = ticket.length - MAC_LENGTH;
        int sessionAt = NativeKey.NAME_LENGTH + IV_LENGTH;
        if (macAt < sessionAt + BLOCK || (macAt - sessionAt) % BLOCK != 0) {
            return Optional.empty();
        }
        byte[] macKey = {};
        byte[] cipherKey = {};
        byte[] session = {};
        try {
            macKey = key.macKey();
            cipherKey = key.cipherKey();
            byte[] mac = HmacSha256.of(macKey, Arrays.copyOf(ticket, macAt));
            if (!MessageDigest.isEqual(mac, Arrays.copyOfRange(ticket, macAt, ticket.length))) {
                return Optional.empty();
            }
            IvParameterSpec iv = new IvParameterSpec(ticket, NativeKey.NAME_LENGTH, IV_LENGTH);
            session = AES.decrypt(cipherKey, iv, ticket, sessionAt, macAt - sessionAt);
            return Optional.of(read(new Der(session)));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalStateException("a ticket of a known key cannot be read", e);
        } finally {
            Arrays.fill(macKey, (byte) 0);
            Arrays.fill(cipherKey, (byte) 0);
            Arrays.fill(session, (byte) 0);
        }
    }

    private static SealedSession read(Der whole) {
        Der session = whole.next().content();
        session.next(); // version of the structure
        int protocol = (int) session.next().integer();
        long time = -1;
        long timeout = -1;
        long authTimeout = -1;
        List<byte[]> chain = new ArrayList<>();
        while (session.hasNext()) {
            Der.Element element = session.next();
            switch (element.tag()) {
                case TIME -> time = element.content().next().integer();
                case TIMEOUT -> timeout = element.content().next().integer();
                case OTHER_AUTH_TIMEOUT ->
                    authTimeout = element.content().next().integer();
                case PEER -> chain.add(0, element.bytes());
                case CHAIN -> {
                    for (Der others = element.content(); others.hasNext(); ) {
                        chain.add(others.next().encoded());
                    }
                }
                default -> {
                    // Not relevant to whether the session may be resumed.
                }
            }
        }
        if (time < 0 || timeout < 0) {
            throw new IndexOutOfBoundsException("a session without times");
        }
        // Another version may count differently. The proof at startup then fails, because tickets are not accepted.
        if (authTimeout > AUTH_TIMEOUT) {
            throw new IndexOutOfBoundsException("an authentication timeout that is too long");
        }
        return new SealedSession(protocol, time, timeout, authTimeout < 0 ? timeout : authTimeout, chain);
    }

    /**
     * The Unix second of the full handshake with which this session began, also after any number of renewals.
     *
     * @param lifetime of tickets, in seconds
     */
    long fullHandshake(long lifetime) {
        // In TLS 1.2 BoringSSL renews neither of the two timeouts. Other software with the same raw key may use
        // a longer one.
        return time + (protocol == TLS_1_3 ? authTimeout - AUTH_TIMEOUT : Math.min(timeout, lifetime) - lifetime);
    }

    /**
     * The Unix second from which this session is no longer resumed.
     *
     * @param lifetime of tickets, in seconds
     */
    long endsAt(long lifetime) {
        return fullHandshake(lifetime) + lifetime;
    }

    /** Whether BoringSSL itself considers the session expired. */
    boolean isOverForBoringSsl(long second) {
        return second >= time + timeout;
    }

    /** @throws CertificateException if a certificate cannot be parsed */
    List<X509Certificate> clientChain() throws CertificateException {
        if (chain.isEmpty()) {
            return List.of();
        }
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] encoded : chain) {
            certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded)));
        }
        return certificates;
    }

    /** Omits the certificates, which identify the client. */
    @Override
    public String toString() {
        return "SealedSession[" + Integer.toHexString(protocol) + ", " + time + " + " + timeout + "]";
    }
}
