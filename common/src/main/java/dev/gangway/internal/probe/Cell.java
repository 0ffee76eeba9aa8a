package dev.gangway.internal.probe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What happened to tickets of one node at another node, or at itself.
 *
 * @param tries the sum of the next five
 * @param resumed resumed from the ticket
 * @param cached resumed from the server's session cache, without a ticket
 * @param full a full handshake, although the client offered a ticket
 * @param noTicket the first node gave no ticket
 * @param failed a connection failed
 * @param failure why the first of those failed
 */
record Cell(int tries, int resumed, int cached, int full, int noTicket, int failed, Optional<String> failure) {
    static final Cell EMPTY = new Cell(0, 0, 0, 0, 0, 0, Optional.empty());

    static Cell unreachable(String why) {
        return EMPTY.plusFailure(why);
    }

    Cell plus(Connection second) {
        boolean offered = second.offeredTicket().isPresent();
        return new Cell(
                tries + 1,
                resumed + (second.resumed() && offered ? 1 : 0),
                cached + (second.resumed() && !offered ? 1 : 0),
                full + (!second.resumed() && offered ? 1 : 0),
                noTicket + (!second.resumed() && !offered ? 1 : 0),
                failed,
                failure);
    }

    Cell plusFailure(String why) {
        return new Cell(tries + 1, resumed, cached, full, noTicket, failed + 1, failure.or(() -> Optional.of(why)));
    }

    boolean allResumed() {
        return resumed == tries;
    }

    /** In capitals what needs attention. */
    String label() {
        if (allResumed()) {
            return "resumes";
        }
        if (failed > 0) {
            return failed == tries ? "FAILS" : failed + " FAIL";
        }
        if (resumed > 0) {
            return resumed + " of " + tries;
        }
        if (cached > 0) {
            return "CACHE";
        }
        return noTicket > 0 ? "NO TICKET" : "FULL";
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("tries", tries);
        fields.put("resumed", resumed);
        fields.put("cached", cached);
        fields.put("full", full);
        fields.put("noTicket", noTicket);
        fields.put("failed", failed);
        failure.ifPresent(reason -> fields.put("failure", reason));
        return fields;
    }
}
