package dev.gangway.internal.manager;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a source answers, and has usable keys. The start and the end of each fault are logged once. */
final class SourceHealth {
    private static final Logger LOG = System.getLogger("dev.gangway");

    /** A source that takes longer is reported; a working disk or network mount answers in milliseconds. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final String source;
    private volatile Instant lastGoodLoad;
    private volatile Optional<Instant> askedAt = Optional.empty();
    private volatile Optional<String> fault = Optional.empty();

    SourceHealth(String source, Instant lastGoodLoad) {
        this.source = source;
        this.lastGoodLoad = lastGoodLoad;
    }

    void readStarted(Instant now) {
        askedAt = Optional.of(now);
    }

    void readSucceeded(Instant now) {
        askedAt = Optional.empty();
        lastGoodLoad = now;
        if (fault.isPresent()) {
            fault = Optional.empty();
            LOG.log(Level.INFO, "Ticket keys from {0} can be read again", source);
        }
    }

    void readFailed(String reason) {
        askedAt = Optional.empty();
        report(reason);
    }

    /** Its result is unknown, and the health is as it was before it. */
    void readInterrupted() {
        askedAt = Optional.empty();
    }

    /** Called regularly by a thread that does not wait for the source. */
    void checkTimeout(Instant now) {
        askedAt.filter(asked -> asked.plus(TIMEOUT).isBefore(now))
                .ifPresent(asked -> report(source + " has not answered since " + asked
                        + ": check whether its file system, store or network answers; it is read again as soon"
                        + " as it answers"));
    }

    Instant lastGoodLoad() {
        return lastGoodLoad;
    }

    Optional<String> fault() {
        return fault;
    }

    private void report(String reason) {
        // The messages of some databases contain the number of the connection, or a time.
        boolean isNews = !fault.map(SourceHealth::withoutNumbers).equals(Optional.of(withoutNumbers(reason)));
        // Set before logging, because the log may fail too.
        fault = Optional.of(reason);
        if (isNews) {
            LOG.log(Level.WARNING, "Ticket keys are not renewed; the last good keys stay in use: {0}", reason);
        }
    }

    private static String withoutNumbers(String reason) {
        return reason.replaceAll("\\d+", "#");
    }
}
