package dev.gangway.internal.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A {@link ProbeReport} as a person reads it: who resumes whose tickets first, then why not. */
final class ReportText {
    private static final int NARROWEST_CELL = 11;
    private static final String UNKNOWN = "-";

    private final ProbeReport report;
    private final StringBuilder text = new StringBuilder();

    ReportText(ProbeReport report) {
        this.report = report;
        line("server name: " + report.serverName().orElse("none")
                + (report.matrices().isEmpty()
                        ? "; one client that keeps its tickets and connects again and again"
                        : "; a ticket from each row's node is offered to each column's node"));
        report.matrices().forEach(this::add);
        report.results().forEach(this::add);
        report.refused()
                .forEach(tls -> line(
                        "\nTLS " + tls + " is not accepted" + (report.nodes().size() > 1 ? " by any node" : "")));
        line("");
        verdict();
    }

    private void add(Matrix matrix) {
        int count = matrix.nodes().size();
        int width = matrix.cells().stream()
                .flatMap(List::stream)
                .mapToInt(cell -> cell.label().length() + 2)
                .reduce(NARROWEST_CELL, Math::max);
        StringBuilder head = new StringBuilder(pad("\nTLS " + matrix.tls(), 11));
        for (int to = 1; to <= count; to++) {
            head.append(padLeft("to " + to, width));
        }
        line(head.toString());
        for (int from = 0; from < count; from++) {
            StringBuilder row = new StringBuilder(pad("from " + (from + 1), 10));
            for (Cell cell : matrix.cells().get(from)) {
                row.append(padLeft(cell.label(), width));
            }
            line(row.toString());
        }
        line("");
        table(matrix);
        matrix.differences().forEach((name, byValue) -> line(differenceText(name, byValue)));
    }

    private void table(Matrix matrix) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "node", "ticket lifetime", "key name", "cipher suite", "certificate"));
        for (int i = 0; i < matrix.nodes().size(); i++) {
            String number = String.valueOf(i + 1);
            String address = matrix.nodes().get(i).toString();
            NodeFacts facts = matrix.facts().get(i).orElse(null);
            rows.add(
                    facts == null
                            ? List.of(number, address, matrix.failures().get(i).orElse(UNKNOWN))
                            : List.of(
                                    number,
                                    address,
                                    shown(facts.ticketLifetime()),
                                    shown(facts.shortKeyName()),
                                    facts.cipherSuite(),
                                    shown(facts.certificate())));
        }
        int[] widths = new int[6];
        for (List<String> row : rows) {
            // The reason why a node failed may be long, and nothing follows it.
            for (int i = 0; i < row.size() && (row.size() == widths.length || i < 2); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(pad(row.get(i), widths[i] + 2));
            }
            line(line.toString());
        }
    }

    private static String differenceText(String name, Map<String, List<Integer>> byValue) {
        return "nodes differ in " + name + ": "
                + byValue.entrySet().stream()
                        .map(entry ->
                                entry.getValue().stream().map(String::valueOf).collect(Collectors.joining(", "))
                                        + (entry.getValue().size() > 1 ? " have " : " has ")
                                        + (entry.getKey().isEmpty() ? "an unknown value" : entry.getKey()))
                        .collect(Collectors.joining("; "));
    }

    private void add(TlsVersion tls, ProbeResult result) {
        line(String.format(
                Locale.ROOT,
                "%nTLS %s: %d connections to %s: %d resumed, %d full, %d failed%s",
                tls,
                result.connections(),
                report.nodes().get(0),
                result.resumed(),
                result.full(),
                result.failed(),
                result.cached() > 0 ? ", " + result.cached() + " resumed from the server's session cache" : ""));
        result.failure().ifPresent(failure -> line("  the first failure: " + failure));
        result.facts()
                .ifPresent(facts -> line("  ticket lifetime " + shown(facts.ticketLifetime()) + ", "
                        + facts.cipherSuite() + ", certificate " + shown(facts.certificate())));
        if (result.failed() < result.connections()) {
            line(String.format(
                    Locale.ROOT,
                    "  handshake %.2f ms (median), %.2f ms (99 %%)",
                    result.p50Millis(),
                    result.p99Millis()));
        }
    }

    private void verdict() {
        if (report.exitCode() == 0) {
            line(
                    report.matrices().isEmpty()
                            ? "Every connection after the first was resumed from a ticket."
                            : "Every node resumes from the tickets of every node.");
            return;
        }
        Map<String, String> explanations = new LinkedHashMap<>();
        explanations.put(
                "FULL",
                "FULL: a full handshake, although the client offered a ticket. Nodes share tickets if they have the same"
                        + " keys, scope and\n      engine, with engine jdk the same TicketFormats in JMX, and the same"
                        + " certificate.");
        explanations.put("of", "N of M: N of the M offered tickets were accepted.");
        explanations.put(
                "NO TICKET", "NO TICKET: the row's node issued no ticket, or one that the client does not keep.");
        explanations.put(
                "CACHE", "CACHE: resumed from a session that the server stores, which other nodes do not have.");
        explanations.put("FAIL", "FAILS: no connection, or the handshake failed.");
        List<String> labels = report.matrices().stream()
                .flatMap(matrix -> matrix.cells().stream())
                .flatMap(List::stream)
                .map(Cell::label)
                .distinct()
                .toList();
        explanations.forEach((word, explanation) -> {
            if (labels.stream().anyMatch(label -> label.contains(word))) {
                line(explanation);
            }
        });
        // What the tables do not tell yet.
        report.matrices().stream()
                .flatMap(ReportText::failuresOfTickets)
                .distinct()
                .forEach(failure -> line("  " + failure));
        if (report.matrices().isEmpty()) {
            line("Not every connection after the first was resumed from a ticket.");
        } else {
            long all = report.matrices().stream()
                    .flatMap(matrix -> matrix.cells().stream())
                    .mapToLong(List::size)
                    .sum();
            long bad = report.matrices().stream()
                    .flatMap(matrix -> matrix.cells().stream())
                    .flatMap(List::stream)
                    .filter(cell -> !cell.allResumed())
                    .count();
            line(bad + " of " + all + " combinations of two nodes and a TLS version do not resume.");
        }
    }

    private static Stream<String> failuresOfTickets(Matrix matrix) {
        return matrix.cells().stream()
                .flatMap(List::stream)
                .flatMap(cell -> cell.failure().stream())
                .filter(failure -> !matrix.failures().contains(Optional.of(failure)));
    }

    private static String shown(String value) {
        return value.isEmpty() ? UNKNOWN : value;
    }

    private static String pad(String value, int width) {
        return value + " ".repeat(Math.max(0, width - value.length()));
    }

    private static String padLeft(String value, int width) {
        return " ".repeat(Math.max(0, width - value.length())) + value;
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
