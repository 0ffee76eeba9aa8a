package dev.gangway.internal.probe;

import java.util.Arrays;
import java.util.Optional;

/** What all tickets of a node begin with. It keeps no ticket, because a probe may show a million. */
final class TicketStart {
    // RFC 5077 section 4. SunJSSE has a number of four bytes instead, which with Gangway is another one every second.
    private static final int KEY_NAME_LENGTH = 16;

    private byte[] common = {};
    private int count;

    void add(byte[] ticket) {
        int mismatch = count == 0 ? -1 : Arrays.mismatch(common, ticket);
        int length = mismatch < 0 ? ticket.length : mismatch;
        common = Arrays.copyOf(ticket, Math.min(length, KEY_NAME_LENGTH));
        count++;
    }

    /** Everything after the key name is random or encrypted, and differs between two tickets. */
    Optional<byte[]> keyName() {
        return count > 1 && common.length == KEY_NAME_LENGTH ? Optional.of(common.clone()) : Optional.empty();
    }
}
