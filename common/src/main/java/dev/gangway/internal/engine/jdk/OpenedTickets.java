package dev.gangway.internal.engine.jdk;

import dev.gangway.internal.engine.jdk.TicketNumbers.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The tickets of one ClientHello that SunJSSE may have opened. It does not report which of several it resumes from.
 *
 * <p>Read for each ticket of a server, so it has loops where streams would cost more than the rest.
 */
final class OpenedTickets {
    // Replaced and not changed: SunJSSE seals in one thread, and another one may find that the handshake is over.
    private volatile List<Opened> all = List.of();

    private record Opened(int number, Opener opener) {}

    /** @param number the ticket's first four bytes */
    void add(int number, Opener opener) {
        List<Opened> next = new ArrayList<>(all);
        next.add(new Opened(number, opener));
        all = next;
    }

    void clear() {
        all = List.of();
    }

    /** What opened the tickets with this number: several keys may have the same number. */
    Optional<Opener> with(int number) {
        for (Opened found : all) {
            if (found.number == number) {
                return Optional.of(found.opener);
            }
        }
        return Optional.empty();
    }

    /** Whether {@code present} has the keys of all these tickets. */
    boolean areOnlyOf(List<JdkTicketKey> present) {
        for (Opened found : all) {
            if (!isAmong(present, found.opener.key())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAmong(List<JdkTicketKey> keys, JdkTicketKey key) {
        for (JdkTicketKey other : keys) {
            if (key.sharesSecretWith(other)) {
                return true;
            }
        }
        return false;
    }

    /** The Unix second in which the first of the sessions ends; empty if there are no tickets. */
    OptionalLong earliestEnd() {
        OptionalLong earliest = OptionalLong.empty();
        for (Opened found : all) {
            long end = found.opener.meaning().endsAt();
            if (earliest.isEmpty() || end < earliest.getAsLong()) {
                earliest = OptionalLong.of(end);
            }
        }
        return earliest;
    }

    /** The AES key for {@code key} and {@code meaning}, if one of these tickets was opened with it. */
    Optional<PerNumberKey> derived(JdkTicketKey key, Meaning meaning) {
        for (Opened found : all) {
            if (found.opener.meaning().equals(meaning) && found.opener.key().sharesSecretWith(key)) {
                return found.opener.derived();
            }
        }
        return Optional.empty();
    }

    /** The handshake is over: the AES keys are not kept any longer. */
    void forgetDerived() {
        for (Opened found : all) {
            found.opener.forgetDerived();
        }
    }
}
