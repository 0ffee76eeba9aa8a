package dev.gangway.benchmarks.fleet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of memory by sessions. */
final class MemoryTables {
    private static final long KILOBYTE = 1024;
    private static final double UNIT = 100_000;

    private final Results results;

    MemoryTables(Results results) {
        this.results = results;
    }

    Map<String, String> sections() {
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("heap", heap());
        sections.put("resident", resident());
        return sections;
    }

    private List<MemoryStep> steps(Server server) {
        return results.memory().stream()
                .filter(step -> step.server().equals(server))
                .toList();
    }

    private List<Server> servers() {
        return results.memory().stream().map(MemoryStep::server).distinct().toList();
    }

    private String heap() {
        Markdown table = new Markdown(
                "server", "sessions", "heap before", "heap after", "bytes per session", "MB per 100,000 sessions");
        for (Server server : servers()) {
            List<MemoryStep> steps = steps(server);
            MemoryStep first = steps.get(0);
            MemoryStep last = steps.get(steps.size() - 1);
            double perSession = (last.heapBytes() - first.heapBytes()) / (double) last.sessions();
            table.row(List.of(
                    name(server),
                    Markdown.number((double) last.sessions(), 0),
                    megabytes(first.heapBytes()),
                    megabytes(last.heapBytes()),
                    Markdown.number(perSession, 0),
                    Markdown.number(perSession * UNIT / KILOBYTE / KILOBYTE, 1)));
        }
        return table.toString();
    }

    private String resident() {
        Markdown table = new Markdown(
                "server", "sessions", "resident memory at 0, 10 %, 20 %, … of them, in MB", "after a collection");
        for (Server server : servers()) {
            List<MemoryStep> steps = steps(server);
            MemoryStep last = steps.get(steps.size() - 1);
            table.row(List.of(
                    name(server),
                    Markdown.number((double) last.sessions(), 0),
                    String.join(
                            ", ",
                            steps.subList(0, steps.size() - 1).stream()
                                    .map(step -> String.valueOf(step.residentKilobytes() / KILOBYTE))
                                    .toList()),
                    megabytes(last.residentKilobytes() * KILOBYTE)));
        }
        return table.toString();
    }

    private static String name(Server server) {
        return server.name() + ", Java " + server.java();
    }

    private static String megabytes(long bytes) {
        return Markdown.number((double) bytes / KILOBYTE / KILOBYTE, 1) + " MB";
    }
}
