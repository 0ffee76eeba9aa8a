package dev.gangway.internal.wire;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Follows one handshake at the server's side of the wire, from the bytes of both directions as they come, as far as it is
 * in clear. Tells which ticket the client offered and what the server made of it.
 *
 * <p>A message that cannot be read is an {@link IndexOutOfBoundsException}, and the tap is then of no more use. Not safe
 * for several threads at once.
 */
public final class HandshakeReader {
    /**
     * As many bytes of a ticket as are needed to tell which key sealed it: the key's name (RFC 5077 section 4; less with some
     * servers), and one that shows that more follows.
     */
    public static final int TICKET_HEAD_LENGTH = 17;

    private static final int NONE = -1;
    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 2;
    private static final int NEW_SESSION_TICKET = 4;

    // An alert in TLS 1.3: two bytes, the type, a tag of 16 bytes, and as many of padding (SunJSSE). No ticket is as
    // short.
    private static final int LONGEST_ALERT = 2 + 1 + 16 + 16;

    private enum Answer {
        NONE,
        RETRY,
        FULL,
        RESUMED,
        // TLS 1.2 says by its next messages which of both it is.
        FULL_OR_RESUMED
    }

    /** Is shown each ClientHello as soon as it is complete. */
    public interface HelloListener {
        /** Must be done with {@code offered} when it returns. */
        void onClientHello(OfferedTickets offered);
    }

    private final HelloListener listener;
    private final FromClient client = new FromClient();
    private final FromServer server = new FromServer();

    private boolean begun;
    private boolean hasClientHello;
    // Whether the server has yet to answer the last of the client's hellos.
    private boolean isBeforeAnswer;
    // Of the ClientHello; null if it has no such thing.
    private byte[] sessionTicketHead;
    private byte[] preSharedKey;
    // Of the ServerHello.
    private int version = NONE;
    private int selectedIdentity;
    private Answer answer = Answer.NONE;
    private boolean clientHasFinished;
    private boolean newTicket;

    /** One that shows hellos to nobody. */
    public HandshakeReader() {
        this(offered -> {});
    }

    /** One that shows hellos to {@code listener}. */
    public HandshakeReader(HelloListener listener) {
        this.listener = listener;
    }

    /** Bytes the server has received. Position and limit of the buffer do not matter and are left alone. */
    public void fromClient(ByteBuffer bytes, int from, int length) {
        read(client, bytes, from, length, false);
    }

    /**
     * Bytes that the server is about to receive, as far as they belong to a ClientHello that is not complete yet. Position and
     * limit of the buffer do not matter and are left alone.
     *
     * @return how many bytes were read: they must not be given to {@link #fromClient} again
     */
    public int helloFromClient(ByteBuffer bytes, int from, int length) {
        return client.isClear() && !server.changedCipher ? read(client, bytes, from, length, true) : 0;
    }

    /**
     * Bytes the server is about to send. Position and limit of the buffer do not matter and are left alone.
     *
     * @param withData whether the last record of them carries data of the application
     */
    public void fromServer(ByteBuffer bytes, int from, int length, boolean withData) {
        server.lateRecords = 0;
        server.endsWithLateRecord = false;
        read(server, bytes, from, length, false);
        // Data may be as short as an alert.
        if (server.lateRecords > (withData && server.endsWithLateRecord ? 1 : 0)) {
            newTicket = true;
        }
    }

    private int read(PlaintextMessages messages, ByteBuffer bytes, int from, int length, boolean whileClear) {
        if (server.changedCipher) {
            // In TLS 1.2 all has been said by then.
            return length;
        }
        if (bytes.hasArray()) {
            int at = bytes.arrayOffset() + from;
            return messages.read(bytes.array(), at, at + length, whileClear) - at;
        }
        byte[] copy = new byte[length];
        bytes.get(from, copy);
        return messages.read(copy, 0, length, whileClear);
    }

    /** Whether the client has begun to speak TLS. */
    public boolean hasBegun() {
        return begun;
    }

    /** Whether the server's answer is known, and with it {@link #isResumed}. */
    public boolean isAnswered() {
        return hasClientHello && (answer == Answer.FULL || answer == Answer.RESUMED);
    }

    /** Whether the server resumed a session, once {@link #isAnswered}. */
    public boolean isResumed() {
        return answer == Answer.RESUMED;
    }

    /** {@code TLSv1.3}, {@code TLSv1.2}, …; empty before the ServerHello. */
    public Optional<String> protocol() {
        return hasServerHello() ? Optional.of(Hello.protocol(version)) : Optional.empty();
    }

    /**
     * The first {@value #TICKET_HEAD_LENGTH} bytes, or fewer if it is shorter, of the ticket that counts, once {@link
     * #isAnswered}: the one the server took up, or the first that the client offered for the version that the server chose;
     * empty if there is none.
     */
    public Optional<byte[]> ticketHead() {
        if (!isTls13()) {
            return Optional.ofNullable(sessionTicketHead);
        }
        return preSharedKey == null
                ? Optional.empty()
                : Optional.of(head(Hello.pskIdentity(new ByteReader(preSharedKey), selectedIdentity)));
    }

    private static byte[] head(ByteReader ticket) {
        return ticket.take(Math.min(ticket.remaining(), TICKET_HEAD_LENGTH));
    }

    /** Lets go of what the client sent, once the {@link #ticketHead} is known: a connection may be idle for long. */
    public void forgetClient() {
        hasClientHello = false;
        sessionTicketHead = null;
        preSharedKey = null;
    }

    /** Whether the server has given the client a new ticket. In TLS 1.3 that comes after the client's last message. */
    public boolean hasNewTicket() {
        return newTicket;
    }

    /** Whether a new ticket can still come with the first data that the server sends. */
    public boolean awaitsNewTicket() {
        return isTls13() && !newTicket;
    }

    private boolean hasServerHello() {
        return version != NONE;
    }

    private boolean isTls13() {
        return version == Hello.TLS_1_3;
    }

    private final class FromClient extends PlaintextMessages {
        /** Only hellos: the first, and the one that follows a HelloRetryRequest. */
        @Override
        boolean isClear() {
            return !hasClientHello || (answer == Answer.RETRY && !isBeforeAnswer);
        }

        @Override
        boolean wants(int type) {
            return type == CLIENT_HELLO;
        }

        @Override
        void onMessage(int type, ByteReader body) {
            if (type == CLIENT_HELLO) {
                Hello hello = Hello.ofClient(body);
                sessionTicketHead =
                        hello.sessionTicket().map(HandshakeReader::head).orElse(null);
                preSharedKey = hello.preSharedKey().map(ByteReader::takeRest).orElse(null);
                hasClientHello = true;
                isBeforeAnswer = true;
                listener.onClientHello(new OfferedTickets(hello));
            }
        }

        /** Keys change after a hello. One that is followed by another would be judged by the wrong one. */
        @Override
        boolean mustEndRecord() {
            return !isClear();
        }

        @Override
        void onRecord(int type, int length) {
            begun |= type == HANDSHAKE_RECORD;
            clientHasFinished |= type == APPLICATION_DATA_RECORD && isTls13();
        }
    }

    private final class FromServer extends PlaintextMessages {
        // Since the client's last message, and too long for alerts.
        int lateRecords;
        boolean endsWithLateRecord;
        private boolean changedCipher;

        @Override
        boolean isClear() {
            return !changedCipher && !isTls13();
        }

        @Override
        boolean wants(int type) {
            return type == SERVER_HELLO;
        }

        @Override
        void onMessage(int type, ByteReader body) {
            switch (type) {
                case SERVER_HELLO -> onServerHello(Hello.ofServer(body));
                case NEW_SESSION_TICKET -> newTicket = true;
                default -> {
                    // Whatever it is (Certificate, ServerKeyExchange, ServerHelloDone), it is not in a resumption.
                    if (answer == Answer.FULL_OR_RESUMED) {
                        answer = Answer.FULL;
                    }
                }
            }
        }

        private void onServerHello(Hello hello) {
            isBeforeAnswer = false;
            if (hello.isRetry()) {
                answer = Answer.RETRY;
                return;
            }
            version = hello.version();
            if (!isTls13()) {
                answer = Answer.FULL_OR_RESUMED;
            } else if (hello.selectsPsk()) {
                answer = Answer.RESUMED;
                selectedIdentity = hello.selectedIdentity();
            } else {
                answer = Answer.FULL;
            }
        }

        @Override
        boolean mustEndRecord() {
            return false;
        }

        @Override
        void onRecord(int type, int length) {
            if (type == CHANGE_CIPHER_SPEC_RECORD) {
                changedCipher = !isTls13() && hasServerHello();
                if (answer == Answer.FULL_OR_RESUMED) {
                    answer = Answer.RESUMED;
                }
            }
            endsWithLateRecord = clientHasFinished && type == APPLICATION_DATA_RECORD && length > LONGEST_ALERT;
            if (endsWithLateRecord) {
                lateRecords++;
            }
        }
    }
}
