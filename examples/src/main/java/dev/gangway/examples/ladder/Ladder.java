package dev.gangway.examples.ladder;

import dev.gangway.examples.relay.Direction;
import java.time.Duration;
import java.util.Locale;

/** Draws the records of a connection as arrows between two vertical lines, in chronological order. */
public final class Ladder {
    private static final int WIDTH = 62;
    private static final String MARGIN = " ".repeat(12);

    private final StringBuilder drawing = new StringBuilder();

    private Ladder() {}

    /**
     * @param server the title of the right line
     * @return lines of 76 characters at most
     */
    public static String draw(String title, String server, RecordLog log) {
        Ladder ladder = new Ladder();
        ladder.line(title);
        ladder.line(MARGIN + "client" + " ".repeat(WIDTH + 2 - 6 - server.length()) + server);
        log.steps().forEach(ladder::arrow);
        ladder.line(MARGIN + "client sent " + log.total(Direction.FROM_CLIENT) + " bytes, server sent "
                + log.total(Direction.FROM_SERVER) + " bytes");
        return ladder.drawing.toString();
    }

    private void arrow(Step step) {
        String label = label(step);
        boolean fromClient = step.direction() == Direction.FROM_CLIENT;
        String shaft = "-".repeat(Math.max(0, WIDTH - label.length() - 5));
        String arrow = fromClient ? "-- " + label + " " + shaft + ">" : "<" + shaft + " " + label + " --";
        line(millis(step.at()) + " |" + arrow + "|");
        for (String fact : step.facts()) {
            String padding = " ".repeat(Math.max(0, WIDTH - fact.length() - 3));
            line(MARGIN.substring(1) + "|" + (fromClient ? "   " + fact + padding : padding + fact + "   ") + "|");
        }
    }

    private static String label(Step step) {
        if (step.encrypted()) {
            return (step.name() + " {encrypted, " + step.length() + " bytes}").strip();
        }
        // The length of a message of one byte is not informative.
        return step.length() == 1 ? step.name() : step.name() + ", " + step.length() + " bytes";
    }

    private static String millis(Duration at) {
        return String.format(Locale.ROOT, "%7.1f ms", at.toNanos() / 1e6);
    }

    private void line(String text) {
        drawing.append(text).append('\n');
    }
}
