package dev.gangway.internal.store.http;

import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The time of a server, in whole seconds. */
public final class ServerTime {
    private ServerTime() {}

    /** When it answered; empty if it does not say so. */
    public static Optional<Instant> of(HttpResponse<?> response) {
        return response.headers().firstValue("Date").flatMap(ServerTime::parse);
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
