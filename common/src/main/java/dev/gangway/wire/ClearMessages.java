package dev.gangway.wire;

import java.nio.ByteBuffer;

/**
 * Cuts the bytes of one direction into TLS records, and the clear handshake records into messages, as they come: a record
 * or message may be spread over any number of calls, and a call may bring several. Keeps the body of those messages only
 * that are wanted.
 */
abstract class ClearMessages {
    static final int CHANGE_CIPHER_SPEC_RECORD = 20;
    static final int HANDSHAKE_RECORD = 22;
    static final int APPLICATION_DATA_RECORD = 23;

    private static final int RECORD_HEADER = 5;
    private static final int MESSAGE_HEADER = 4;
    // Far above what post-quantum key shares and long tickets make of a hello.
    private static final int LONGEST_WANTED = 64 * 1024;

    private final byte[] recordHeader = new byte[RECORD_HEADER];
    private int recordHeaderLength;
    private boolean recordIsRead;
    private int recordLeft;

    private final byte[] messageHeader = new byte[MESSAGE_HEADER];
    private int messageHeaderLength;
    private int messageType;
    private byte[] message;
    private int messageLength;
    private int messageLeft;

    /** Whether a handshake record that begins now is in clear. */
    abstract boolean isClear();

    /** Whether {@link #onMessage} wants the body of messages of this type (RFC 8446 section 4). */
    abstract boolean wants(int type);

    /** A clear handshake message is complete; {@code body} is empty if it was not wanted. */
    abstract void onMessage(int type, byte[] body);

    /** A record begins: its header is complete. */
    abstract void onRecord(int type, int length);

    /**
     * Reads on. The buffer's position and limit do not matter and are left alone.
     *
     * @throws IndexOutOfBoundsException if a wanted message is malformed or absurdly long
     */
    final void read(ByteBuffer bytes, int from, int length) {
        int at = from;
        int end = from + length;
        while (at < end) {
            if (recordLeft > 0) {
                int part = Math.min(recordLeft, end - at);
                if (recordIsRead) {
                    readMessages(bytes, at, part);
                }
                at += part;
                recordLeft -= part;
            } else {
                int part = Math.min(RECORD_HEADER - recordHeaderLength, end - at);
                bytes.get(at, recordHeader, recordHeaderLength, part);
                at += part;
                recordHeaderLength += part;
                if (recordHeaderLength == RECORD_HEADER) {
                    beginRecord();
                }
            }
        }
    }

    private void beginRecord() {
        recordHeaderLength = 0;
        int type = recordHeader[0] & 0xff;
        recordLeft = new ByteReader(recordHeader, 3).uint16();
        recordIsRead = type == HANDSHAKE_RECORD && isClear();
        onRecord(type, recordLeft);
    }

    private void readMessages(ByteBuffer bytes, int from, int length) {
        int at = from;
        int end = from + length;
        while (at < end) {
            if (messageLeft > 0) {
                int part = Math.min(messageLeft, end - at);
                if (message != null) {
                    bytes.get(at, message, messageLength - messageLeft, part);
                }
                at += part;
                messageLeft -= part;
            } else {
                int part = Math.min(MESSAGE_HEADER - messageHeaderLength, end - at);
                bytes.get(at, messageHeader, messageHeaderLength, part);
                at += part;
                messageHeaderLength += part;
                if (messageHeaderLength < MESSAGE_HEADER) {
                    return;
                }
                beginMessage();
            }
            if (messageLeft == 0) {
                endMessage();
            }
        }
    }

    private void beginMessage() {
        messageHeaderLength = 0;
        messageType = messageHeader[0] & 0xff;
        messageLength = new ByteReader(messageHeader, 1).uint24();
        messageLeft = messageLength;
        if (!wants(messageType)) {
            message = null;
        } else if (messageLength <= LONGEST_WANTED) {
            message = new byte[messageLength];
        } else {
            throw new IndexOutOfBoundsException("a message of " + messageLength + " bytes");
        }
    }

    private void endMessage() {
        byte[] body = message == null ? new byte[0] : message;
        message = null;
        onMessage(messageType, body);
    }
}
