package dev.gangway.testing;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;

/** The key file of a server, and the lines that the server logs about its keys. */
public final class LoggedKeys {
    private final Path file;

    public LoggedKeys(Path file) {
        this.file = file;
    }

    /** The setting {@code keys} of the server. */
    public String setting() {
        return "file:" + file;
    }

    /** Writes new keys into the file, and returns the line that the server logs when it has read them. */
    public String write() throws Exception {
        List<TicketKey> keys = KeyRotation.DEFAULT.initialKeys(Instant.now().minusSeconds(60), new SecureRandom());
        KeyFileWriter.writeKeyset(file, keys);
        return "Ticket keys from " + setting() + " now: active "
                + keys.get(0).name().shortForm() + ", next "
                + keys.get(1).name().shortForm();
    }

    /** The line that the server logs when it stops. */
    public String wiped() {
        return "The server no longer uses the ticket keys from " + setting() + ", and has wiped its copies of them";
    }

    /** All lines about keys, in order. */
    public static List<String> in(LogCapture log) {
        return log.at(Level.INFO).stream()
                .filter(line -> line.contains("icket keys from"))
                .toList();
    }
}
