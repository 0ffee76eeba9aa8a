package dev.gangway.examples.ladder;

import dev.gangway.examples.relay.Chunk;
import dev.gangway.examples.relay.Direction;
import dev.gangway.internal.wire.ByteReader;
import dev.gangway.internal.wire.Handshake;
import dev.gangway.internal.wire.PlaintextMessages;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The TLS records of one connection, in the order in which the balancer forwarded their last bytes. An incomplete record at
 * the end is omitted.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param handshake the content of the unencrypted part
 */
public record RecordLog(String protocol, Handshake handshake, List<TlsRecord> records) {
    /** @throws IllegalArgumentException if the connection did not get as far as a ServerHello */
    public static RecordLog read(List<Chunk> chunks) {
        Handshake handshake =
                Handshake.read(bytes(chunks, Direction.FROM_CLIENT), bytes(chunks, Direction.FROM_SERVER));
        String protocol = handshake
                .protocol()
                .orElseThrow(() -> new IllegalArgumentException("the connection ended before a ServerHello"));
        boolean tls13 = protocol.equals("TLSv1.3");
        Duration start = chunks.get(0).at();
        Side client = new Side(Direction.FROM_CLIENT, tls13);
        Side server = new Side(Direction.FROM_SERVER, tls13);
        List<TlsRecord> records = new ArrayList<>();
        for (Chunk chunk : chunks) {
            Side side = chunk.direction() == Direction.FROM_CLIENT ? client : server;
            records.addAll(side.add(chunk.bytes(), chunk.at().minus(start)));
        }
        return new RecordLog(protocol, handshake, List.copyOf(records));
    }

    /** The records as arrows of a ladder. */
    public List<Step> steps() {
        return records.stream().flatMap(record -> Step.of(record).stream()).toList();
    }

    /** Bytes on the wire in one direction, record headers included. */
    public int total(Direction direction) {
        return records.stream()
                .filter(record -> record.direction() == direction)
                .mapToInt(record -> PlaintextMessages.RECORD_HEADER + record.length())
                .sum();
    }

    private static byte[] bytes(List<Chunk> chunks, Direction direction) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        chunks.stream()
                .filter(chunk -> chunk.direction() == direction)
                .map(Chunk::bytes)
                .forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    /** The bytes of one direction, without those after the last complete record. */
    private static final class Side extends PlaintextMessages {
        private final Direction direction;
        private final boolean tls13;
        // Incomplete records are at the end.
        private final Deque<Begun> begun = new ArrayDeque<>();
        private long passed;
        private long announced;
        private boolean cipherChanged;

        Side(Direction direction, boolean tls13) {
            this.direction = direction;
            this.tls13 = tls13;
        }

        /** Returns the records whose last byte is in {@code bytes}. */
        List<TlsRecord> add(byte[] bytes, Duration at) {
            read(bytes, 0, bytes.length);
            passed += bytes.length;
            List<TlsRecord> records = new ArrayList<>();
            while (!begun.isEmpty() && begun.peek().end() <= passed) {
                Begun record = begun.remove();
                records.add(new TlsRecord(
                        direction,
                        at,
                        record.type(),
                        record.length(),
                        record.encrypted(),
                        List.copyOf(record.messages())));
            }
            return records;
        }

        // In TLS 1.3 a ChangeCipherSpec has no meaning, and every encrypted record has the type application data.
        @Override
        protected boolean isClear() {
            return tls13 || !cipherChanged;
        }

        @Override
        protected boolean wants(int type) {
            return type == HandshakeMessage.CLIENT_HELLO
                    || type == HandshakeMessage.SERVER_HELLO
                    || type == HandshakeMessage.NEW_SESSION_TICKET;
        }

        @Override
        protected void onMessage(int type, ByteReader body) {
            begun.getLast().messages().add(new HandshakeMessage(type, messageLength(), body.takeRest()));
        }

        @Override
        protected boolean mustEndRecord() {
            return false;
        }

        @Override
        protected void onRecord(int type, int length) {
            announced += RECORD_HEADER + length;
            begun.add(new Begun(
                    type, length, announced, type == APPLICATION_DATA_RECORD || !isClear(), new ArrayList<>()));
            cipherChanged |= type == CHANGE_CIPHER_SPEC_RECORD;
        }
    }

    /**
     * A record whose header the balancer has forwarded.
     *
     * @param end the number of bytes of this direction up to the record's last byte
     */
    private record Begun(int type, int length, long end, boolean encrypted, List<HandshakeMessage> messages) {}
}
