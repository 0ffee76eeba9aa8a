package dev.gangway.tomcat.internal.openssl;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Gangway writes into a session of OpenSSL, as the application data of its ticket: sealed with the ticket, and carried
 * through renewals.
 *
 * @param authenticatedAt Unix second of the full handshake
 * @param endsAt Unix second from which the session is not resumed any more
 * @param issuedAt Unix second in which the ticket was sealed
 * @param intermediates the client's certificates without its own, in DER and in the order in which it sent them: OpenSSL keeps
 *     the client's own in a ticket and no other
 */
record TicketData(long authenticatedAt, long endsAt, long issuedAt, List<byte[]> intermediates) {
    private static final byte VERSION = 1;

    TicketData {
        intermediates = List.copyOf(intermediates);
    }

    /** The same session, in a new ticket. */
    TicketData issuedAt(long second) {
        return new TicketData(authenticatedAt, endsAt, second, intermediates);
    }

    /** The same session, with another end. */
    TicketData endingAt(long second) {
        return new TicketData(authenticatedAt, second, issuedAt, intermediates);
    }

    byte[] encode() {
        int length = 1
                + 3 * Long.BYTES
                + intermediates.stream()
                        .mapToInt(der -> Integer.BYTES + der.length)
                        .sum();
        ByteBuffer data = ByteBuffer.allocate(length)
                .put(VERSION)
                .putLong(authenticatedAt)
                .putLong(endsAt)
                .putLong(issuedAt);
        intermediates.forEach(der -> data.putInt(der.length).put(der));
        return data.array();
    }

    /** Empty if {@code bytes} are not what {@link #encode} makes. */
    static Optional<TicketData> decode(byte[] bytes) {
        ByteBuffer data = ByteBuffer.wrap(bytes);
        try {
            if (data.get() != VERSION) {
                return Optional.empty();
            }
            long authenticatedAt = data.getLong();
            long endsAt = data.getLong();
            long issuedAt = data.getLong();
            List<byte[]> intermediates = new ArrayList<>();
            while (data.hasRemaining()) {
                int length = data.getInt();
                if (length < 0 || length > data.remaining()) {
                    return Optional.empty();
                }
                byte[] der = new byte[length];
                data.get(der);
                intermediates.add(der);
            }
            return Optional.of(new TicketData(authenticatedAt, endsAt, issuedAt, intermediates));
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    /** Without the certificates, which are the client's business. */
    @Override
    public String toString() {
        return "TicketData[" + authenticatedAt + " to " + endsAt + ", issued " + issuedAt + "]";
    }
}
