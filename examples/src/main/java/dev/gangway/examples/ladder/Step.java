package dev.gangway.examples.ladder;

import dev.gangway.examples.relay.Direction;
import java.time.Duration;
import java.util.List;

/**
 * One arrow of a ladder: a handshake message if it was sent unencrypted, otherwise a record.
 *
 * @param at the time since the first record of the connection
 * @param name of the message or the record; empty for an encrypted record of unknown type
 * @param length in bytes, of the message with its header or of the record's content
 * @param facts the content of an unencrypted message that concerns tickets, in words
 */
public record Step(Direction direction, Duration at, String name, int length, boolean encrypted, List<String> facts) {

    static List<Step> of(TlsRecord record) {
        if (record.encrypted()) {
            // Only in TLS 1.2 does the unencrypted type show the kind of an encrypted record.
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
