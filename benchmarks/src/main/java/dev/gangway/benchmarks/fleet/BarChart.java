package dev.gangway.benchmarks.fleet;

import dev.gangway.benchmarks.fleet.Results.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Horizontal bars in groups, with a line from the least to the greatest value of each, as SVG. */
final class BarChart {
    private static final int LEFT = 150;
    private static final int WIDTH = 520;
    private static final int RIGHT = 70;
    private static final int TOP = 64;
    private static final int BAR = 14;
    private static final int GAP = 10;
    private static final int TICKS = 4;
    // Readable on white and for those who see no red or green.
    private static final List<String> COLOURS = List.of("#9aa5b1", "#0b6fb8", "#e08a00");

    private final String title;
    private final List<String> legend;
    private final List<Row> rows = new ArrayList<>();

    private record Row(String label, List<Optional<Spread>> values) {}

    /** @param legend what the bars of each row are, in their order */
    BarChart(String title, List<String> legend) {
        this.title = title;
        this.legend = legend;
    }

    void add(String label, List<Optional<Spread>> values) {
        if (values.stream().anyMatch(Optional::isPresent)) {
            rows.add(new Row(label, values));
        }
    }

    String svg() {
        int height = TOP + rows.size() * (legend.size() * BAR + GAP) + 24;
        double scale = WIDTH / greatest();
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %1$d %2$d" role="img" \
                aria-label="%s" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                <text x="8" y="20" font-size="14" font-weight="bold">%3$s</text>
                """, LEFT + WIDTH + RIGHT, height, title));
        legend(svg);
        axis(svg, height, scale);
        int y = TOP;
        for (Row row : rows) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n",
                    LEFT - 8,
                    y + legend.size() * BAR / 2 + 4,
                    row.label()));
            for (int i = 0; i < row.values().size(); i++) {
                if (row.values().get(i).isPresent()) {
                    bar(svg, row.values().get(i).get(), y, scale, COLOURS.get(i));
                }
                y += BAR;
            }
            y += GAP;
        }
        return svg.append("</svg>\n").toString();
    }

    private void legend(StringBuilder svg) {
        int x = LEFT;
        for (int i = 0; i < legend.size(); i++) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"30\" width=\"10\" height=\"10\" fill=\"%s\"/><text x=\"%d\" y=\"39\">%s</text>%n",
                    x,
                    COLOURS.get(i),
                    x + 14,
                    legend.get(i)));
            x += 30 + 7 * legend.get(i).length();
        }
    }

    private void axis(StringBuilder svg, int height, double scale) {
        double step = step(greatest() / TICKS);
        for (double at = 0; at * scale <= WIDTH; at += step) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%1$.1f\" y1=\"%2$d\" x2=\"%1$.1f\" y2=\"%3$d\" stroke=\"#ddd\"/>"
                            + "<text x=\"%1$.1f\" y=\"%4$d\" text-anchor=\"middle\" fill=\"#555\">%5$.0f</text>%n",
                    LEFT + at * scale,
                    TOP - 8,
                    height - 20,
                    height - 6,
                    at));
        }
    }

    /** The next of 1, 2, 5, 10, 20, 50, and so on. */
    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= least) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static void bar(StringBuilder svg, Spread value, int y, double scale, String colour) {
        double middle = y + BAR / 2.0;
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%1$d\" y=\"%2$d\" width=\"%3$.1f\" height=\"%4$d\" fill=\"%5$s\"/>"
                        + "<line x1=\"%7$.1f\" y1=\"%6$.1f\" x2=\"%8$.1f\" y2=\"%6$.1f\" stroke=\"black\"/>"
                        + "<text x=\"%9$.1f\" y=\"%10$.1f\" font-size=\"11\">%11$.0f</text>%n",
                LEFT,
                y,
                value.median() * scale,
                BAR - 2,
                colour,
                middle - 1,
                LEFT + value.min() * scale,
                LEFT + value.max() * scale,
                LEFT + Math.max(value.max(), value.median()) * scale + 4,
                middle + 3,
                value.median()));
    }

    private double greatest() {
        return rows.stream()
                .flatMap(row -> row.values().stream())
                .flatMap(Optional::stream)
                .mapToDouble(Spread::max)
                .max()
                .orElse(1);
    }
}
