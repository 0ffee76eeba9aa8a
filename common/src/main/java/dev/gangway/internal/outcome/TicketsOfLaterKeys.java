package dev.gangway.internal.outcome;

import dev.gangway.internal.wire.HandshakeReader;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tickets of unknown keys, some of which turn out to be tickets of keys that this node receives later, and so too late.
 * Holds only the cleartext heads of a bounded number of tickets.
 */
final class TicketsOfLaterKeys {
    // The last byte of a head shows that the ticket continues; the bytes before it identify the key.
    private static final int HEAD_LENGTH = HandshakeReader.TICKET_HEAD_LENGTH;
    private static final int NAME_LENGTH = HEAD_LENGTH - 1;
    private static final int REMEMBERED = 1024;

    private final Map<ByteBuffer, Unknown> unknown = new LinkedHashMap<>();
    private long count;

    private static final class Unknown {
        // Weak, because a strong reference would keep a TLS context in memory.
        WeakReference<OutcomeRules> rules;
        long handshakes;
    }

    /** Records that a handshake was full because the key of {@code ticket} is unknown. */
    synchronized void remember(byte[] ticket, OutcomeRules rules) {
        ByteBuffer head = ByteBuffer.wrap(Arrays.copyOf(Arrays.copyOf(ticket, NAME_LENGTH), HEAD_LENGTH))
                .asReadOnlyBuffer();
        Unknown handshakes = unknown.remove(head);
        if (handshakes == null) {
            handshakes = new Unknown();
        }
        // The newest, because a reload replaces TLS contexts.
        handshakes.rules = new WeakReference<>(rules);
        handshakes.handshakes++;
        unknown.put(head, handshakes);
        if (unknown.size() > REMEMBERED) {
            unknown.remove(unknown.keySet().iterator().next());
        }
    }

    /** How many of these handshakes had a key that is known by now. Never decreases. */
    synchronized long count() {
        unknown.entrySet().removeIf(entry -> {
            OutcomeRules rules = entry.getValue().rules.get();
            if (rules == null) {
                return true;
            }
            byte[] head = new byte[HEAD_LENGTH];
            entry.getKey().get(0, head);
            boolean isKnown = rules.sealOf(head).isPresent();
            if (isKnown) {
                count += entry.getValue().handshakes;
            }
            return isKnown;
        });
        return count;
    }
}
