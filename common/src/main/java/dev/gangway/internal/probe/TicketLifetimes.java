package dev.gangway.internal.probe;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lifetimes of the tickets that this thread is given. In TLS 1.3 they are encrypted, and JSSE has no method for them,
 * but its debug log has them. That is text for people, so a lifetime that is not found there is unknown.
 */
final class TicketLifetimes implements AutoCloseable {
    // JSSE reads this property once. If it is empty, JSSE logs to the logger of the next name.
    private static final String PROPERTY = "javax.net.debug";
    private static final Logger LOGGER = Logger.getLogger("javax.net.ssl");

    private static final Pattern LIFETIME = Pattern.compile("\"ticket_lifetime\" *: \"([0-9,]{1,15})\"");

    private final Handler handler;
    private Optional<Duration> last = Optional.empty();

    private TicketLifetimes(boolean listens) {
        handler = listens ? new Listener() : null;
    }

    /** Must be called before this process uses TLS. */
    static void prepare() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, "");
            LOGGER.setUseParentHandlers(false);
            LOGGER.setLevel(Level.OFF);
        }
    }

    /** Listens until it is closed, if {@link #prepare} was called in time. */
    static TicketLifetimes listen() {
        boolean isPrepared = "".equals(System.getProperty(PROPERTY)) && !LOGGER.getUseParentHandlers();
        TicketLifetimes lifetimes = new TicketLifetimes(isPrepared);
        if (isPrepared) {
            LOGGER.addHandler(lifetimes.handler);
            LOGGER.setLevel(Level.FINE);
        }
        return lifetimes;
    }

    static TicketLifetimes unknown() {
        return new TicketLifetimes(false);
    }

    Optional<Duration> last() {
        return last;
    }

    @Override
    public void close() {
        if (handler != null) {
            LOGGER.setLevel(Level.OFF);
            LOGGER.removeHandler(handler);
        }
    }

    private final class Listener extends Handler {
        @Override
        public void publish(LogRecord record) {
            // The message, and in some Java versions the parameters, contain the text of the TLS message.
            Matcher matcher = LIFETIME.matcher(record.getMessage() + Arrays.toString(record.getParameters()));
            if (matcher.find()) {
                last = Optional.of(
                        Duration.ofSeconds(Long.parseLong(matcher.group(1).replace(",", ""))));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
