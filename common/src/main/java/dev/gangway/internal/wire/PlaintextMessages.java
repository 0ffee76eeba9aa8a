package dev.gangway.internal.wire;

import java.util.Arrays;

/**
 * Splits the bytes of one direction into TLS records, and the cleartext handshake records into messages, as they
 * arrive: a record or message may span any number of calls, and a call may contain several. Keeps the bodies of
 * wanted messages only.
 */
public abstract class PlaintextMessages {
    public static final int CHANGE_CIPHER_SPEC_RECORD = 20;
    public static final int HANDSHAKE_RECORD = 22;
    public static final int APPLICATION_DATA_RECORD = 23;

    /** Content type, version and length of a record. */
    public static final int RECORD_HEADER = 5;

    /** Type and length of a message. */
    public static final int MESSAGE_HEADER = 4;

    // Far above the length of a ClientHello with post-quantum key shares and long tickets.
    private static final int LONGEST_OF_A_PEER = 64 * 1024;

    // Record headers are read byte by byte; this field holds the last eight bytes.
    private long recordHeader;
    private int recordHeaderLength;
    private boolean recordIsRead;
    private int recordLeft;

    private int messageHeader;
    private int messageHeaderLength;
    private int messageLeft;
    // The part received so far of a wanted message that spans several calls, and some room after it. A length that a
    // client only announces takes no memory.
    private byte[] message;

    /** Whether a handshake record that begins now is in cleartext. */
    protected abstract boolean isClear();

    /** The length of the longest wanted message in bytes: a peer must not decide how much memory it takes. */
    protected int longestWanted() {
        return LONGEST_OF_A_PEER;
    }

    /** Whether {@link #onMessage} wants the body of messages of this type (RFC 8446 section 4). */
    protected abstract boolean wants(int type);

    /**
     * Called when a cleartext handshake message is complete. Its body, empty if it was not wanted, is valid
     * until this returns.
     */
    protected abstract void onMessage(int type, ByteReader body);

    /** Whether the message that has been read must be the last of its record. */
    protected abstract boolean mustEndRecord();

    /** Called when a record begins and its header is complete. */
    protected abstract void onRecord(int type, int length);

    /** The length in bytes of the body of the message that {@link #onMessage} is told of, wanted or not. */
    protected final int messageLength() {
        return messageHeader & 0xffffff;
    }

    /**
     * Reads the next bytes.
     *
     * @throws IndexOutOfBoundsException if a wanted message is malformed or far too long
     */
    public final void read(byte[] bytes, int from, int end) {
        read(bytes, from, end, false);
    }

    /**
     * Reads the next bytes.
     *
     * @param whileClear whether to stop before the first record that is not {@linkplain #isClear in cleartext}
     * @return the index of the first byte that was not read
     * @throws IndexOutOfBoundsException if a wanted message is malformed or far too long
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
                throw new IndexOutOfBoundsException("a record continues after its last message");
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
        if (wanted && length > longestWanted()) {
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
