package dev.gangway.internal.wire;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Follows the cleartext part of one handshake at the server's side, from the bytes of both directions as they arrive.
 * Reports which ticket the client offered and how the server answered.
 *
 * <p>A message that cannot be parsed causes an {@link IndexOutOfBoundsException}, and the reader must not be used after
 * that. Not thread-safe.
 */
public final class HandshakeReader {
    /**
     * How many bytes of a ticket are needed to identify the key that sealed it: the key name (RFC 5077 section 4;
     * shorter with some servers), and one more byte, which shows that the ticket continues.
     */
    public static final int TICKET_HEAD_LENGTH = 17;

    private static final int NONE = -1;
    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 2;
    private static final int NEW_SESSION_TICKET = 4;

    // An alert in TLS 1.3: two bytes, the type, a tag of 16 bytes, and as many of padding (SunJSSE). Every
    // ticket is longer.
    private static final int LONGEST_ALERT = 2 + 1 + 16 + 16;

    private enum Answer {
        NONE,
        RETRY,
        FULL,
        RESUMED,
        // In TLS 1.2, the next messages show which of the two it is.
        FULL_OR_RESUMED
    }

    /** Called with each ClientHello as soon as it is complete. */
    public interface HelloListener {
        /** Must not use {@code offered} after this method returns. */
        void onClientHello(OfferedTickets offered);
    }

    private final HelloListener listener;
    private final FromClient client = new FromClient();
    private final FromServer server = new FromServer();

    private boolean begun;
    private boolean hasClientHello;
    // Whether the server has not answered the last ClientHello yet.
    private boolean isBeforeAnswer;
    // Of the ClientHello; null if it has none.
    private byte[] sessionTicketHead;
    private byte[] preSharedKey;
    // Of the ServerHello.
    private int version = NONE;
    private int selectedIdentity;
    private Answer answer = Answer.NONE;
    private boolean clientHasFinished;
    private boolean newTicket;

    /** A reader without a listener. */
    public HandshakeReader() {
        this(offered -> {});
    }

    /** A reader that calls {@code listener}. */
    public HandshakeReader(HelloListener listener) {
        this.listener = listener;
    }

    /** Reads bytes that the server has received. The buffer's position and limit are ignored and not changed. */
    public void fromClient(ByteBuffer bytes, int from, int length) {
        read(client, bytes, from, length, false);
    }

    /**
     * Reads bytes that the server is about to receive, as far as they belong to a ClientHello that is not complete yet.
     * The buffer's position and limit are ignored and not changed.
     *
     * @return how many bytes were read: they must not be passed to {@link #fromClient} again
     */
    public int helloFromClient(ByteBuffer bytes, int from, int length) {
        return client.isClear() && !server.changedCipher ? read(client, bytes, from, length, true) : 0;
    }

    /**
     * Reads bytes that the server is about to send. The buffer's position and limit are ignored and not changed.
     *
     * @param withData whether their last record carries application data
     */
    public void fromServer(ByteBuffer bytes, int from, int length, boolean withData) {
        server.lateRecords = 0;
        server.endsWithLateRecord = false;
        read(server, bytes, from, length, false);
        // A record with application data may be as short as an alert, and is then not counted as late.
        if (server.lateRecords > (withData && server.endsWithLateRecord ? 1 : 0)) {
            newTicket = true;
        }
    }

    private int read(PlaintextMessages messages, ByteBuffer bytes, int from, int length, boolean whileClear) {
        if (server.changedCipher) {
            // In TLS 1.2 nothing that is read here follows ChangeCipherSpec.
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

    /** Whether the client has begun a TLS handshake. */
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
     * The first {@value #TICKET_HEAD_LENGTH} bytes, or fewer if it is shorter, of the relevant ticket, once
     * {@link #isAnswered}: the ticket that the server accepted, or else the first that the client offered for the
     * version that the server chose. Empty if there is none.
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

    /**
     * Releases what the client sent, once the {@link #ticketHead} is known, because a connection may be idle for long.
     */
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
        /** Only the ClientHello is in cleartext: the first one, and the one that follows a HelloRetryRequest. */
        @Override
        protected boolean isClear() {
            return !hasClientHello || (answer == Answer.RETRY && !isBeforeAnswer);
        }

        @Override
        protected boolean wants(int type) {
            return type == CLIENT_HELLO;
        }

        @Override
        protected void onMessage(int type, ByteReader body) {
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

        /** Keys change after a ClientHello. If two were in one record, the decision might be based on the wrong one. */
        @Override
        protected boolean mustEndRecord() {
            return !isClear();
        }

        @Override
        protected void onRecord(int type, int length) {
            begun |= type == HANDSHAKE_RECORD;
            clientHasFinished |= type == APPLICATION_DATA_RECORD && isTls13();
        }
    }

    private final class FromServer extends PlaintextMessages {
        // Records since the client's last message that are too long for alerts.
        int lateRecords;
        boolean endsWithLateRecord;
        private boolean changedCipher;

        @Override
        protected boolean isClear() {
            return !changedCipher && !isTls13();
        }

        @Override
        protected boolean wants(int type) {
            return type == SERVER_HELLO;
        }

        @Override
        protected void onMessage(int type, ByteReader body) {
            switch (type) {
                case SERVER_HELLO -> onServerHello(Hello.ofServer(body));
                case NEW_SESSION_TICKET -> newTicket = true;
                default -> {
                    // A resumption has none of the other messages (Certificate, ServerKeyExchange, ServerHelloDone).
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
        protected boolean mustEndRecord() {
            return false;
        }

        @Override
        protected void onRecord(int type, int length) {
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
