package dev.gangway.examples.ladder;

import dev.gangway.examples.relay.Direction;
import java.time.Duration;
import java.util.List;

/**
 * One arrow of a ladder: a handshake message that was sent in clear, or else a record.
 *
 * @param at since the first record of the connection
 * @param name of the message or the record; empty if nothing is known but that it is encrypted
 * @param length of the message with its header, or of the record's content, in bytes
 * @param facts what a message in clear says about tickets, in words
 */
public record Step(Direction direction, Duration at, String name, int length, boolean encrypted, List<String> facts) {

    static List<Step> of(TlsRecord record) {
        if (record.encrypted()) {
            // The type in clear tells something in TLS 1.2 only.
            boolean typeTells = record.contentType() != TlsRecord.APPLICATION_DATA;
            return List.of(step(record, typeTells ? record.typeName() : "", record.length(), List.of()));
        }
        if (record.messages().isEmpty()) {
            return List.of(step(record, record.typeName(), record.length(), List.of()));
        }
        return record.messages().stream()
                .map(message -> step(record, message.name(), message.length(), TicketFacts.of(message)))
                .toList();
    }

    private static Step step(TlsRecord record, String name, int length, List<String> facts) {
        return new Step(record.direction(), record.at(), name, length, record.encrypted(), facts);
    }
}
