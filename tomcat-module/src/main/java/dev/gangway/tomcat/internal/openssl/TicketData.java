package dev.gangway.tomcat.internal.openssl;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The data that Gangway stores in an OpenSSL session, as the application data of its ticket. It is sealed with the
 * ticket, and copied to the ticket's successors.
 *
 * @param authenticatedAt Unix second of the full handshake
 * @param endsAt Unix second from which the session is no longer resumed
 * @param issuedAt Unix second in which the ticket was sealed
 * @param intermediates the client's certificates without its own, in DER and in the order in which the client sent
 *     them: OpenSSL stores only the client's own certificate in a ticket
 */
record TicketData(long authenticatedAt, long endsAt, long issuedAt, List<byte[]> intermediates) {
    private static final byte VERSION = 1;

    TicketData {
        intermediates = List.copyOf(intermediates);
    }

    /** The same session in a new ticket. */
    TicketData issuedAt(long second) {
        return new TicketData(authenticatedAt, endsAt, second, intermediates);
    }

    /** The same session with another end. */
    TicketData endingAt(long second) {
        return new TicketData(authenticatedAt, second, issuedAt, intermediates);
    }

    byte[] encode() {
        int length = 1 + 3 * Long.BYTES;
        for (byte[] der : intermediates) {
            length += Integer.BYTES + der.length;
        }
        ByteBuffer data = ByteBuffer.allocate(length)
                .put(VERSION)
                .putLong(authenticatedAt)
                .putLong(endsAt)
                .putLong(issuedAt);
        intermediates.forEach(der -> data.putInt(der.length).put(der));
        return data.array();
    }

    /** Empty if {@code bytes} do not have the format of {@link #encode}. */
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

    /** Without the certificates, which are the client's private data. */
    @Override
    public String toString() {
        return "TicketData[" + authenticatedAt + " to " + endsAt + ", issued " + issuedAt + "]";
    }
}
