package dev.gangway.internal.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a probe of several nodes found in one TLS version.
 *
 * @param failures of each node, why it cannot be reached; empty if it can
 * @param facts of each node that can be reached
 * @param cells of each node, a list of what became of its tickets at each node
 * @param refusedByAll whether every node answered that it does not accept the version
 */
record Matrix(
        TlsVersion tls,
        List<Address> nodes,
        List<Optional<String>> failures,
        List<Optional<NodeFacts>> facts,
        List<List<Cell>> cells,
        boolean refusedByAll) {

    boolean anyFailed() {
        return cells.stream().flatMap(List::stream).anyMatch(cell -> cell.failed() > 0);
    }

    boolean allResumed() {
        return cells.stream().flatMap(List::stream).allMatch(Cell::allResumed);
    }

    /** The names of what differs between the nodes, each with the numbers of the nodes by value, counted from one. */
    Map<String, Map<String, List<Integer>>> differences() {
        Map<String, Map<String, List<Integer>>> all = new TreeMap<>();
        IntStream.range(0, nodes.size())
                .forEach(i -> facts.get(i)
                        .ifPresent(known -> known.comparable()
                                .forEach((name, value) -> all.computeIfAbsent(name, any -> new TreeMap<>())
                                        .computeIfAbsent(value, any -> new ArrayList<>())
                                        .add(i + 1))));
        all.values().removeIf(byValue -> byValue.size() < 2);
        return all;
    }
}
