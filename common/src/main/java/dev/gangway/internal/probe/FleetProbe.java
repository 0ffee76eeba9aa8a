package dev.gangway.internal.probe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes tickets from each of several nodes and shows them to each of them, one connection after the other. */
final class FleetProbe {
    private final List<Address> nodes;
    private final ClientSettings settings;
    private final TlsVersion tls;
    private final int tries;

    /** @param tries how many tickets of each node are shown to each node */
    FleetProbe(List<Address> nodes, ClientSettings settings, TlsVersion tls, int tries) {
        this.nodes = List.copyOf(nodes);
        this.settings = settings;
        this.tls = tls;
        this.tries = tries;
    }

    Matrix run() {
        List<Optional<String>> failures = new ArrayList<>();
        List<Optional<NodeFacts>> facts = new ArrayList<>();
        int refusals = 0;
        for (Address node : nodes) {
            try {
                Connection connection = new ProbeClient(settings, tls).connectAndListen(node);
                facts.add(Optional.of(NodeFacts.of(connection)));
                failures.add(Optional.empty());
            } catch (IOException e) {
                refusals += e instanceof RefusedVersionException ? 1 : 0;
                facts.add(Optional.empty());
                failures.add(Optional.of(Failures.describe(e)));
            }
        }
        List<List<Cell>> cells = new ArrayList<>();
        for (int from = 0; from < nodes.size(); from++) {
            List<Cell> row = new ArrayList<>();
            TicketStart tickets = new TicketStart();
            for (int to = 0; to < nodes.size(); to++) {
                // A node that does not answer is not asked again: each time would last until the time limit.
                Optional<String> failure = failures.get(from).isPresent() ? failures.get(from) : failures.get(to);
                row.add(
                        failure.isPresent()
                                ? Cell.unreachable(failure.get())
                                : show(nodes.get(from), nodes.get(to), tickets));
            }
            cells.add(List.copyOf(row));
            facts.set(from, facts.get(from).map(known -> known.withTickets(tickets)));
        }
        return new Matrix(
                tls, nodes, List.copyOf(failures), List.copyOf(facts), List.copyOf(cells), refusals == nodes.size());
    }

    private Cell show(Address from, Address to, TicketStart tickets) {
        Cell cell = Cell.EMPTY;
        for (int i = 0; i < tries; i++) {
            ProbeClient client = new ProbeClient(settings, tls);
            try {
                client.connect(from);
                Connection second = client.connect(to);
                second.offeredTicket().ifPresent(tickets::add);
                cell = cell.plus(second);
            } catch (IOException e) {
                cell = cell.plusFailure(Failures.describe(e));
            }
        }
        return cell;
    }
}
