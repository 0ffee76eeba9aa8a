package dev.gangway.internal.probe;

import dev.gangway.internal.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a probe of one or several nodes found, for people and for programs. */
public final class ProbeReport {
    private static final int ALL_RESUMED = 0;
    private static final int SOME_FULL = 1;
    private static final int SOME_FAILED = 3;

    private final List<Address> nodes;
    private final Optional<String> serverName;
    private final List<Matrix> matrices;
    private final Map<TlsVersion, ProbeResult> results;
    private final List<TlsVersion> refused;

    ProbeReport(
            List<Address> nodes,
            Optional<String> serverName,
            List<Matrix> matrices,
            Map<TlsVersion, ProbeResult> results,
            List<TlsVersion> refused) {
        this.nodes = List.copyOf(nodes);
        this.serverName = serverName;
        this.matrices = List.copyOf(matrices);
        this.results = new LinkedHashMap<>(results);
        this.refused = List.copyOf(refused);
    }

    /** Shows tickets of each node to each node. */
    public static ProbeReport ofFleet(
            List<Address> nodes, ClientSettings settings, List<TlsVersion> versions, int tries) {
        List<Matrix> all = versions.stream()
                .map(tls -> new FleetProbe(nodes, settings, tls, tries).run())
                .toList();
        // Nodes that all refuse a version are configured so, unless they refuse every version.
        List<Matrix> used =
                all.stream().filter(matrix -> !matrix.refusedByAll()).toList();
        List<Matrix> shown = used.isEmpty() ? all : used;
        return new ProbeReport(
                nodes,
                settings.serverName(),
                shown,
                Map.of(),
                all.stream()
                        .filter(matrix -> !shown.contains(matrix))
                        .map(Matrix::tls)
                        .toList());
    }

    /** One client connects to one address, which may be a load balancer's, again and again. */
    public static ProbeReport ofOneAddress(
            Address target, ClientSettings settings, List<TlsVersion> versions, int connections) {
        Map<TlsVersion, ProbeResult> results = new LinkedHashMap<>();
        versions.forEach(
                tls -> results.put(tls, Probe.runIfReached(new ProbeSettings(target, tls, connections, settings))));
        List<TlsVersion> refused =
                versions.stream().filter(tls -> results.get(tls).refused()).toList();
        if (refused.size() == versions.size()) {
            refused = List.of();
        }
        refused.forEach(results::remove);
        return new ProbeReport(List.of(target), settings.serverName(), List.of(), results, refused);
    }

    /** 0 if every ticket was accepted, 1 if there were full handshakes, 3 if connections failed. */
    public int exitCode() {
        boolean anyFailed = matrices.stream().anyMatch(Matrix::anyFailed)
                || results.values().stream().anyMatch(result -> result.failed() > 0);
        if (anyFailed) {
            return SOME_FAILED;
        }
        boolean allResumed = matrices.stream().allMatch(Matrix::allResumed)
                && results.values().stream().allMatch(ProbeResult::allResumed);
        return allResumed ? ALL_RESUMED : SOME_FULL;
    }

    /** Lines for people. */
    public String toText() {
        return new ReportText(this).toString();
    }

    /** One line of JSON. */
    public String toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("serverName", serverName.orElse(null));
        json.put("nodes", nodes);
        json.put("exitCode", exitCode());
        json.put("refusedByAll", refused);
        if (matrices.isEmpty()) {
            List<Object> list = new ArrayList<>();
            results.forEach((tls, result) -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("tls", tls);
                fields.putAll(result.fields());
                result.facts().ifPresent(facts -> fields.put("node", facts.toJson()));
                list.add(fields);
            });
            json.put("results", list);
        } else {
            json.put("matrices", matrices.stream().map(ProbeReport::toJson).toList());
        }
        return JsonWriter.of(json);
    }

    private static Map<String, Object> toJson(Matrix matrix) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tls", matrix.tls());
        List<Object> nodes = new ArrayList<>();
        List<Object> pairs = new ArrayList<>();
        IntStream.range(0, matrix.nodes().size()).forEach(from -> {
            Map<String, Object> node = new LinkedHashMap<>();
            node.put("address", matrix.nodes().get(from));
            matrix.failures().get(from).ifPresent(failure -> node.put("failure", failure));
            matrix.facts().get(from).ifPresent(facts -> node.putAll(facts.toJson()));
            nodes.add(node);
            IntStream.range(0, matrix.nodes().size()).forEach(to -> {
                Map<String, Object> pair = new LinkedHashMap<>();
                pair.put("from", matrix.nodes().get(from));
                pair.put("to", matrix.nodes().get(to));
                pair.put("result", matrix.cells().get(from).get(to).label().toLowerCase(Locale.ROOT));
                pair.putAll(matrix.cells().get(from).get(to).fields());
                pairs.add(pair);
            });
        });
        json.put("nodes", nodes);
        json.put("pairs", pairs);
        json.put("differences", matrix.differences());
        return json;
    }

    Optional<String> serverName() {
        return serverName;
    }

    List<Address> nodes() {
        return nodes;
    }

    List<Matrix> matrices() {
        return matrices;
    }

    Map<TlsVersion, ProbeResult> results() {
        return results;
    }

    /** The versions that no node accepts. */
    List<TlsVersion> refused() {
        return refused;
    }
}
