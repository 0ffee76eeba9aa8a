package dev.gangway.benchmarks.fleet;

import dev.gangway.benchmarks.fleet.ProfileSample.Owner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The tables of what servers do during resumed connections. */
final class ProfileTables {
    private static final int TOP = 4;

    private final List<ProfileSample> samples;

    private record Series(Server server, String protocol) {}

    ProfileTables(Results results) {
        samples = results.profile();
    }

    Map<String, String> sections() {
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("profile", owners());
        sections.put("profile places", places());
        return sections;
    }

    private Map<Series, List<ProfileSample>> bySeries() {
        return samples.stream()
                .collect(Collectors.groupingBy(
                        sample -> new Series(sample.server(), sample.protocol()),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    private String owners() {
        List<String> columns = new ArrayList<>(List.of("server", "protocol", "samples"));
        for (Owner owner : Owner.values()) {
            columns.add(owner.label());
        }
        Markdown table = new Markdown(columns.toArray(String[]::new));
        bySeries().forEach((series, all) -> {
            double total = sum(all, sample -> true);
            List<String> cells = new ArrayList<>(List.of(name(series), series.protocol, Markdown.number(total, 0)));
            for (Owner owner : Owner.values()) {
                cells.add(percent(sum(all, sample -> sample.owner() == owner) / total));
            }
            table.row(cells);
        });
        return table.toString();
    }

    private String places() {
        Markdown table = new Markdown("server", "protocol", "Gangway", "TLS engine");
        bySeries().forEach((series, all) -> {
            double total = sum(all, sample -> true);
            table.row(List.of(
                    name(series), series.protocol, top(all, Owner.GANGWAY, total), top(all, Owner.TLS_ENGINE, total)));
        });
        return table.toString();
    }

    private static String top(List<ProfileSample> all, Owner owner, double total) {
        return all.stream()
                .filter(sample -> sample.owner() == owner)
                .sorted(Comparator.comparingInt(ProfileSample::samples).reversed())
                .limit(TOP)
                .map(sample -> "`" + sample.place() + "` " + percent(sample.samples() / total))
                .collect(Collectors.joining("; "));
    }

    private static double sum(List<ProfileSample> all, Predicate<ProfileSample> which) {
        return all.stream().filter(which).mapToInt(ProfileSample::samples).sum();
    }

    private static String name(Series series) {
        return series.server.name() + ", Java " + series.server.java();
    }

    private static String percent(double share) {
        return Markdown.number(100 * share, 1) + " %";
    }
}
