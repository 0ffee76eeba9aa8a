package dev.gangway.examples.demo;

import dev.gangway.examples.relay.Direction;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Draws the records of a connection between two upright lines, time running down. */
final class Ladder {
    private static final int WIDTH = 62;
    private static final String MARGIN = " ".repeat(12);

    private final StringBuilder drawing = new StringBuilder();

    private Ladder() {}

    /**
     * @param server what stands over the right line
     * @return lines of 76 characters at most
     */
    static String draw(String title, String server, RecordLog log) {
        Ladder ladder = new Ladder();
        ladder.line(title);
        ladder.line(MARGIN + "client" + " ".repeat(WIDTH + 2 - 6 - server.length()) + server);
        log.records().forEach(ladder::record);
        ladder.line(MARGIN + "client sent " + log.total(Direction.FROM_CLIENT) + " bytes, server sent "
                + log.total(Direction.FROM_SERVER) + " bytes");
        return ladder.drawing.toString();
    }

    private void record(TlsRecord record) {
        if (record.encrypted()) {
            String content = "{encrypted, " + record.length() + " bytes}";
            // The type in clear tells something in TLS 1.2 only.
            boolean typeTells = record.contentType() != TlsRecord.APPLICATION_DATA;
            arrow(record, typeTells ? record.typeName() + " " + content : content, List.of());
        } else if (record.messages().isEmpty()) {
            arrow(record, record.typeName(), List.of());
        } else {
            record.messages()
                    .forEach(message -> arrow(
                            record, message.name() + ", " + message.length() + " bytes", TicketFacts.of(message)));
        }
    }

    private void arrow(TlsRecord record, String label, List<String> facts) {
        boolean fromClient = record.direction() == Direction.FROM_CLIENT;
        String shaft = "-".repeat(Math.max(0, WIDTH - label.length() - 5));
        String arrow = fromClient ? "-- " + label + " " + shaft + ">" : "<" + shaft + " " + label + " --";
        line(millis(record.at()) + " |" + arrow + "|");
        for (String fact : facts) {
            String padding = " ".repeat(Math.max(0, WIDTH - fact.length() - 3));
            line(MARGIN.substring(1) + "|" + (fromClient ? "   " + fact + padding : padding + fact + "   ") + "|");
        }
    }

    private static String millis(Duration at) {
        return String.format(Locale.ROOT, "%7.1f ms", at.toNanos() / 1e6);
    }

    private void line(String text) {
        drawing.append(text).append('\n');
    }
}
