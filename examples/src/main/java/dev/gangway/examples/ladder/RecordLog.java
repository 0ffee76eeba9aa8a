package dev.gangway.examples.ladder;

import dev.gangway.examples.relay.Chunk;
import dev.gangway.examples.relay.Direction;
import dev.gangway.internal.wire.Handshake;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The TLS records of one connection in the order in which their last bytes passed the balancer. An incomplete record at
 * the end is left out.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param handshake what the clear part tells
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

    /** The same as arrows of a ladder. */
    public List<Step> steps() {
        return records.stream().flatMap(record -> Step.of(record).stream()).toList();
    }

    /** Bytes on the wire in one direction, record headers included. */
    public int total(Direction direction) {
        return records.stream()
                .filter(record -> record.direction() == direction)
                .mapToInt(record -> TlsRecord.HEADER_LENGTH + record.length())
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

    /** One direction: what is left of it after the last whole record, and after the last whole message. */
    private static final class Side {
        private final Direction direction;
        private final boolean tls13;
        private byte[] wire = {};
        private byte[] handshake = {};
        private boolean cipherChanged;

        Side(Direction direction, boolean tls13) {
            this.direction = direction;
            this.tls13 = tls13;
        }

        List<TlsRecord> add(byte[] bytes, Duration at) {
            List<TlsRecord> records = new ArrayList<>();
            ByteBuffer buffer = join(wire, bytes);
            while (buffer.remaining() >= TlsRecord.HEADER_LENGTH) {
                int type = buffer.get(buffer.position()) & 0xff;
                int length = buffer.getShort(buffer.position() + 3) & 0xffff;
                if (buffer.remaining() < TlsRecord.HEADER_LENGTH + length) {
                    break;
                }
                buffer.position(buffer.position() + TlsRecord.HEADER_LENGTH);
                records.add(record(at, type, take(buffer, length)));
            }
            wire = take(buffer, buffer.remaining());
            return records;
        }

        private TlsRecord record(Duration at, int type, byte[] content) {
            boolean encrypted = isEncrypted(type);
            List<HandshakeMessage> messages = type == TlsRecord.HANDSHAKE && !encrypted ? messages(content) : List.of();
            cipherChanged |= type == TlsRecord.CHANGE_CIPHER_SPEC;
            return new TlsRecord(direction, at, type, content.length, encrypted, messages);
        }

        // In TLS 1.3 a ChangeCipherSpec means nothing, and whatever is encrypted calls itself application data.
        private boolean isEncrypted(int type) {
            return type == TlsRecord.APPLICATION_DATA || (cipherChanged && !tls13);
        }

        private List<HandshakeMessage> messages(byte[] content) {
            List<HandshakeMessage> messages = new ArrayList<>();
            ByteBuffer buffer = join(handshake, content);
            while (buffer.remaining() >= HandshakeMessage.HEADER_LENGTH) {
                int header = buffer.getInt(buffer.position());
                int length = header & 0xffffff;
                if (buffer.remaining() < HandshakeMessage.HEADER_LENGTH + length) {
                    break;
                }
                buffer.position(buffer.position() + HandshakeMessage.HEADER_LENGTH);
                messages.add(new HandshakeMessage(header >>> 24, take(buffer, length)));
            }
            handshake = take(buffer, buffer.remaining());
            return messages;
        }

        private static ByteBuffer join(byte[] first, byte[] second) {
            return ByteBuffer.allocate(first.length + second.length)
                    .put(first)
                    .put(second)
                    .flip();
        }

        private static byte[] take(ByteBuffer buffer, int length) {
            byte[] taken = new byte[length];
            buffer.get(taken);
            return taken;
        }
    }
}
