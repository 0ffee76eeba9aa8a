package dev.gangway.internal.wire;

import java.util.Optional;

/**
 * The parts of a ClientHello that a TLS engine may keep in a session: the server names that were asked for (RFC 6066
 * section 3) and the client's signature schemes (RFC 8446 section 4.2.3). Nearly all clients send them in a usual form;
 * an engine that writes them into tickets may fail on any other form.
 */
final class SessionParts {
    private static final int HOST_NAME = 0;
    // The largest value of a signed byte.
    private static final int LONGEST_NAME = 127;
    // The length field of the list, and as many entries of two bytes as one byte can count.
    private static final int LONGEST_SIGNATURE_ALGORITHMS = 2 + 2 * 255;

    private SessionParts() {}

    /**
     * Whether there is one host name, of usual characters, and nothing else.
     *
     * @param extension the content of {@code server_name}, which may be malformed
     */
    static boolean isUsualServerName(ByteReader extension) {
        if (extension.remaining() < 2 + 1 + 2 || extension.uint16() != extension.remaining()) {
            return false;
        }
        int type = extension.uint8();
        int length = extension.uint16();
        if (type != HOST_NAME || length > LONGEST_NAME || length != extension.remaining()) {
            return false;
        }
        while (extension.remaining() > 0) {
            if (!isUsual(extension.uint8())) {
                return false;
            }
        }
        return true;
    }

    /**
     * The first host name.
     *
     * @param extension the content of {@code server_name}, which may be malformed
     * @return empty if there is none, or the list is malformed
     */
    static Optional<byte[]> hostName(ByteReader extension) {
        Optional<byte[]> first = Optional.empty();
        try {
            for (ByteReader left = extension.slice(extension.uint16()); left.remaining() > 0; ) {
                int type = left.uint8();
                byte[] name = left.take(left.uint16());
                if (first.isEmpty() && type == HOST_NAME) {
                    first = Optional.of(name);
                }
            }
            return first;
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** @param length of the whole extension, in bytes; zero if there is none */
    static boolean isUsualSignatureAlgorithms(int length) {
        return length <= LONGEST_SIGNATURE_ALGORITHMS;
    }

    private static boolean isUsual(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= '0' && character <= '9')
                || character == '.'
                || character == '-'
                || (character >= 'A' && character <= 'Z');
    }
}
