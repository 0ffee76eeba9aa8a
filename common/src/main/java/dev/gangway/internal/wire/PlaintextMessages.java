package dev.gangway.internal.wire;

import java.util.Arrays;

/**
 * Cuts the bytes of one direction into TLS records, and the clear handshake records into messages, as they come: a record
 * or message may be spread over any number of calls, and a call may bring several. Keeps the body of those messages only
 * that are wanted.
 */
abstract class PlaintextMessages {
    static final int CHANGE_CIPHER_SPEC_RECORD = 20;
    static final int HANDSHAKE_RECORD = 22;
    static final int APPLICATION_DATA_RECORD = 23;

    private static final int RECORD_HEADER = 5;
    private static final int MESSAGE_HEADER = 4;
    // Far above what post-quantum key shares and long tickets make of a hello.
    private static final int LONGEST_WANTED = 64 * 1024;

    // Headers are taken in byte by byte, the last eight of them being here.
    private long recordHeader;
    private int recordHeaderLength;
    private boolean recordIsRead;
    private int recordLeft;

    private int messageHeader;
    private int messageHeaderLength;
    private int messageLeft;
    // Of a wanted message that is not whole in one call: what has come of it, and some room behind. The length that a
    // client
    // only announces takes no memory.
    private byte[] message;

    /** Whether a handshake record that begins now is in clear. */
    abstract boolean isClear();

    /** Whether {@link #onMessage} wants the body of messages of this type (RFC 8446 section 4). */
    abstract boolean wants(int type);

    /** A clear handshake message is complete. Its body, empty if it was not wanted, is there until this returns. */
    abstract void onMessage(int type, ByteReader body);

    /** Whether the message that has been read must be the last of its record. */
    abstract boolean mustEndRecord();

    /** A record begins: its header is complete. */
    abstract void onRecord(int type, int length);

    /**
     * Reads on.
     *
     * @throws IndexOutOfBoundsException if a wanted message is malformed or absurdly long
     */
    final void read(byte[] bytes, int from, int end) {
        read(bytes, from, end, false);
    }

    /**
     * Reads on.
     *
     * @param whileClear whether to stop before the first record that is not {@linkplain #isClear in clear}
     * @return before which byte it stopped
     * @throws IndexOutOfBoundsException if a wanted message is malformed or absurdly long
     */
    final int read(byte[] bytes, int from, int end, boolean whileClear) {
        int at = from;
        while (at < end) {
            if (whileClear && recordLeft == 0 && recordHeaderLength == 0 && !isClear()) {
                return at;
            }
            if (recordLeft > 0) {
                int part = Math.min(recordLeft, end - at);
                if (recordIsRead) {
                    readMessages(bytes, at, at + part);
                }
                at += part;
                recordLeft -= part;
            } else {
                recordHeader = recordHeader << 8 | (bytes[at++] & 0xff);
                if (++recordHeaderLength == RECORD_HEADER) {
                    beginRecord();
                }
            }
        }
        return at;
    }

    private void beginRecord() {
        recordHeaderLength = 0;
        int type = (int) (recordHeader >> 32) & 0xff;
        recordLeft = (int) recordHeader & 0xffff;
        recordIsRead = type == HANDSHAKE_RECORD && isClear();
        onRecord(type, recordLeft);
    }

    private void readMessages(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end) {
            if (messageHeaderLength == 0 && mustEndRecord()) {
                throw new IndexOutOfBoundsException("a record that goes on behind its last message");
            }
            if (messageHeaderLength < MESSAGE_HEADER) {
                messageHeader = messageHeader << 8 | (bytes[at++] & 0xff);
                if (++messageHeaderLength < MESSAGE_HEADER) {
                    continue;
                }
                messageLeft = messageHeader & 0xffffff;
            }
            int part = Math.min(messageLeft, end - at);
            readBody(bytes, at, part);
            at += part;
        }
    }

    private void readBody(byte[] bytes, int at, int part) {
        int type = messageHeader >>> 24;
        int length = messageHeader & 0xffffff;
        boolean wanted = wants(type);
        if (wanted && length > LONGEST_WANTED) {
            throw new IndexOutOfBoundsException("a message of " + length + " bytes");
        }
        if (wanted && (message != null || part < length)) {
            int come = length - messageLeft;
            if (message == null || message.length < come + part) {
                message = message == null
                        ? new byte[come + part]
                        : Arrays.copyOf(message, Math.min(length, 2 * (come + part)));
            }
            System.arraycopy(bytes, at, message, come, part);
        }
        messageLeft -= part;
        if (messageLeft == 0) {
            messageHeaderLength = 0;
            ByteReader body =
                    message == null ? new ByteReader(bytes, at, wanted ? at + part : at) : new ByteReader(message);
            message = null;
            onMessage(type, body);
        }
    }
}
