package dev.gangway.internal.outcome;

import dev.gangway.internal.wire.HandshakeReader;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tickets of unknown keys, of which some turn out to be of keys that come later: to this node the keys came too late. Holds the
 * clear heads of a bounded number of tickets and nothing else.
 */
final class TicketsOfLaterKeys {
    // The last byte of a head shows that more follows; what tells the key is before it.
    private static final int HEAD_LENGTH = HandshakeReader.TICKET_HEAD_LENGTH;
    private static final int TELLING = HEAD_LENGTH - 1;
    private static final int REMEMBERED = 1024;

    private final Map<ByteBuffer, Unknown> unknown = new LinkedHashMap<>();
    private long count;

    private static final class Unknown {
        // Weak, because it keeps a TLS context alive.
        WeakReference<OutcomeRules> rule;
        long handshakes;
    }

    /** A handshake was full because nothing was known of the key of {@code ticket}. */
    synchronized void remember(byte[] ticket, OutcomeRules rule) {
        ByteBuffer head = ByteBuffer.wrap(Arrays.copyOf(Arrays.copyOf(ticket, TELLING), HEAD_LENGTH))
                .asReadOnlyBuffer();
        Unknown handshakes = unknown.remove(head);
        if (handshakes == null) {
            handshakes = new Unknown();
        }
        // The newest, because a reload replaces TLS contexts.
        handshakes.rule = new WeakReference<>(rule);
        handshakes.handshakes++;
        unknown.put(head, handshakes);
        if (unknown.size() > REMEMBERED) {
            unknown.remove(unknown.keySet().iterator().next());
        }
    }

    /** How many of these handshakes there were whose key is known by now. Never gets less. */
    synchronized long count() {
        unknown.entrySet().removeIf(entry -> {
            OutcomeRules rule = entry.getValue().rule.get();
            if (rule == null) {
                return true;
            }
            byte[] head = new byte[HEAD_LENGTH];
            entry.getKey().get(0, head);
            boolean isKnown = rule.sealOf(head).isPresent();
            if (isKnown) {
                count += entry.getValue().handshakes;
            }
            return isKnown;
        });
        return count;
    }
}
