package dev.gangway.internal.cli;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keyfile.KeyFileAccess;
import dev.gangway.internal.keyfile.KeyFileLock;
import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keyfile.SafeFileReader;
import dev.gangway.internal.keyfile.SafeFileReader.Allow;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.KeysetText;
import dev.gangway.internal.keys.ScheduledKeyset;
import dev.gangway.internal.keys.ShortNotice;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.keys.WeakKeyException;
import dev.gangway.internal.source.KeysSetting.KeyFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code keys new} and {@code keys rotate} for key files. */
final class KeyFileEditor implements KeysetEditor {
    private final InstantSource clock;
    private final PrintStream out;
    private final SecureRandom random = new SecureRandom();

    KeyFileEditor(InstantSource clock, PrintStream out) {
        this.clock = clock;
        this.out = out;
    }

    @Override
    public void create(Arguments arguments) throws IOException, KeySourceException {
        arguments.allow("period", "ticket-lifetime", "owner", "group");
        KeyFileAccess access = access(arguments);
        Optional<Duration> period = arguments.duration("period");
        Optional<Duration> ticketLifetime = arguments.duration("ticket-lifetime");
        KeyFile file = readableBy(access, arguments.file());
        KeyFileLock.during(file.path(), () -> {
            // The servers' ticketLifetime suits the replaced keys; servers would refuse keys for shorter-lived tickets.
            KeyRotation replaced = rotationOf(file.path()).orElse(KeyRotation.DEFAULT);
            KeyRotation rotation = new KeyRotation(
                    period.orElse(replaced.period()),
                    ticketLifetime.orElse(replaced.ticketLifetime()),
                    KeyRotation.DEFAULT.skew());
            // A little before now, so that a node whose clock is behind accepts the file at once.
            Instant start = clock.instant().minus(rotation.skew()).truncatedTo(ChronoUnit.SECONDS);
            boolean isThere = Files.exists(file.path());
            write(file, rotation.initialKeys(start, random), access, isThere ? "replaced " : "made ");
        });
    }

    private static Optional<KeyRotation> rotationOf(Path file) {
        try {
            // Whoever can read it: perhaps it is replaced for that reason.
            ScheduledKeyset keyset = read(new KeyFile(file, Allow.ANYONE));
            try {
                return Optional.of(KeyRotation.of(keyset.keys(), KeyRotation.DEFAULT.skew()));
            } finally {
                keyset.destroy();
            }
        } catch (KeySourceException | IllegalArgumentException e) {
            // There is no keyset that can be read.
            return Optional.empty();
        }
    }

    private static KeyFileAccess access(Arguments arguments) {
        return new KeyFileAccess(arguments.name("owner"), arguments.name("group"));
    }

    // Who names a group knows that it can read the file, and needs no warning of that.
    private static KeyFile readableBy(KeyFileAccess access, KeyFile file) {
        return access.group().isPresent() && file.allow() == Allow.OWNER_ONLY
                ? new KeyFile(file.path(), Allow.GROUP)
                : file;
    }

    @Override
    public void rotate(Arguments arguments) throws IOException, KeySourceException {
        arguments.allow("in");
        Optional<Duration> in = arguments.timeUntilNextKeySeals();
        KeyFile file = arguments.file();
        // Reports a bad file before waiting for the lock.
        read(file).destroy();
        KeyFileLock.during(file.path(), () -> rotate(file, in));
    }

    private void rotate(KeyFile file, Optional<Duration> in) throws IOException, KeySourceException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        List<TicketKey> keys = read(file).keys();
        // The newest key shows with which durations its file was made, so a cron job needs only the file.
        KeyRotation rotation = KeyRotation.of(keys, KeyRotation.DEFAULT.skew());
        List<TicketKey> next = in.isPresent()
                ? rotation.withImmediateKey(keys, now, now.plus(in.get()), random)
                : rotation.withNextKey(keys, now, random);
        if (in.isPresent()) {
            requireNotTooMany(file, next);
        }
        if (next.equals(keys)) {
            out.println("nothing is due; " + file.path() + " is unchanged");
        } else {
            write(file, next, KeyFileAccess.UNCHANGED, "replaced ");
            ShortNotice.of(keys, next, now, TicketPolicy.DEFAULT)
                    .forEach(late -> out.println(warning(late, in.isPresent())));
        }
    }

    private static String warning(ShortNotice late, boolean isForced) {
        return isForced && !late.isImmediate()
                ? late.warningOfIn()
                : late.warning("run 'keys rotate' more often than once in a period");
    }

    private static void requireNotTooMany(KeyFile file, List<TicketKey> next) throws KeySourceException {
        try {
            KeyRotation.requireNotTooMany(next);
        } catch (KeySourceException e) {
            throw new KeySourceException(file.path() + " is unchanged: " + e.getMessage(), e);
        }
    }

    private static ScheduledKeyset read(KeyFile file) throws KeySourceException {
        byte[] content = SafeFileReader.read(file.path(), file.allow());
        try {
            if (!KeysetText.looksLike(content)) {
                throw new KeySourceException(
                        file.path() + " is not a keyset and has no times to rotate by; make a keyset with 'keys new'");
            }
            return KeysetText.parse(content, file.path().toString());
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private void write(KeyFile file, List<TicketKey> keys, KeyFileAccess access, String done) throws IOException {
        int names = hardLinks(file.path());
        KeyFileWriter.writeKeyset(file.path(), keys, access);
        out.println(done + file.path());
        if (names > 1) {
            out.println("warning: the replaced file had " + names
                    + " names (hard links); the other names still refer to the old keys");
        }
        warnOfReaders(file);
        try {
            KeyInspector.print(ScheduledKeyset.of(keys), clock.instant(), out);
        } catch (WeakKeyException e) {
            throw new IllegalStateException("the random generator gave a weak key: " + e.getMessage(), e);
        }
    }

    private static int hardLinks(Path file) throws IOException {
        boolean isTold = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        return isTold && Files.exists(file) ? (Integer) Files.getAttribute(file, "unix:nlink") : 1;
    }

    /** A replaced file keeps its readers, and the operator may not expect all of them. */
    private void warnOfReaders(KeyFile file) {
        try {
            Arrays.fill(SafeFileReader.read(file.path(), file.allow()), (byte) 0);
        } catch (KeySourceException e) {
            out.println("warning: " + e.getMessage());
        }
    }
}
