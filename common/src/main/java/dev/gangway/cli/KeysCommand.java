package dev.gangway.cli;

import dev.gangway.keyfile.KeyFileException;
import dev.gangway.keyfile.KeyFileWriter;
import dev.gangway.keyfile.KeyRotation;
import dev.gangway.keyfile.KeysetText;
import dev.gangway.keyfile.SafeFileReader;
import dev.gangway.keyfile.SafeFileReader.Allow;
import dev.gangway.keys.KeyTimes;
import dev.gangway.keys.ScheduledKeyset;
import dev.gangway.keys.TicketKey;
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
import java.util.Comparator;
import java.util.List;

/** {@code keys new|rotate|show|check FILE}: the life of a keyset, for people and for cron. */
final class KeysCommand {
    private static final int OK = 0;
    private static final int REFUSED = 1;
    private static final int USAGE = 2;

    private static final String HELP = """
            keys new FILE [--period=12h] [--ticket-lifetime=6h]
                make a keyset: a key that seals from now on, and the one after it.
                Over an existing file: all tickets of its keys are dead as soon as the nodes have read the new one.
            keys rotate FILE [--in=DURATION]
                drop dead keys and announce the next one, if it is due; else change nothing. Made for cron.
                With --in, let the next key take over that soon; give every node time to read the file before.
            keys show FILE
                names and times of the keys, never their secrets.
            keys check FILE
                say whether a server would take the file, and what is wrong if not.
            """;

    private final InstantSource clock;
    private final PrintStream out;
    private final PrintStream err;
    private final SecureRandom random = new SecureRandom();

    KeysCommand(InstantSource clock, PrintStream out, PrintStream err) {
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /** @return the exit code: 0 done, 1 refused, 2 not understood */
    int run(String... args) {
        try {
            Arguments arguments = Arguments.parse(args);
            switch (arguments.verb()) {
                case "new" -> create(arguments);
                case "rotate" -> rotate(arguments);
                case "show" -> show(arguments);
                case "check" -> check(arguments);
                default -> throw new IllegalArgumentException("'" + arguments.verb() + "' is no verb");
            }
            return OK;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.print(HELP);
            return USAGE;
        } catch (KeyFileException | IOException e) {
            err.println(e.getMessage());
            return REFUSED;
        }
    }

    private void create(Arguments arguments) throws IOException {
        arguments.allow("period", "ticket-lifetime");
        KeyRotation rotation = new KeyRotation(
                arguments.duration("period").orElse(KeyRotation.DEFAULT.period()),
                arguments.duration("ticket-lifetime").orElse(KeyRotation.DEFAULT.ticketLifetime()),
                KeyRotation.DEFAULT.skew());
        // From a little before now, so that a node whose clock is behind takes the file at once.
        Instant start = clock.instant().minus(rotation.skew()).truncatedTo(ChronoUnit.SECONDS);
        write(arguments.file(), rotation.first(start, random));
    }

    private void rotate(Arguments arguments) throws IOException, KeyFileException {
        arguments.allow("in");
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        List<TicketKey> keys = read(arguments.file()).keys();
        KeyRotation rotation = rotationOf(keys);
        List<TicketKey> next = arguments.duration("in").isPresent()
                ? rotation.handOver(keys, now, now.plus(arguments.duration("in").get()), random)
                : rotation.upToNext(keys, now, random);
        if (next.equals(keys)) {
            out.println("nothing is due; " + arguments.file() + " is unchanged");
        } else {
            write(arguments.file(), next);
        }
    }

    private void show(Arguments arguments) throws KeyFileException {
        arguments.allow();
        print(read(arguments.file()).keys());
    }

    private void check(Arguments arguments) throws KeyFileException {
        arguments.allow();
        Instant now = clock.instant();
        ScheduledKeyset keyset = read(arguments.file());
        TicketKey active = keyset.ringAt(now)
                .active()
                .orElseThrow(() -> new KeyFileException(arguments.file() + " has no key that is active at " + now));
        boolean hasNext =
                keyset.keys().stream().anyMatch(key -> times(key).activateAt().isAfter(now));
        out.println(arguments.file() + " is good: key " + active.name().shortForm() + " seals until "
                + times(active).retireAt()
                + (hasNext
                        ? ", the next one is announced"
                        : ", and no key comes after it:" + " run 'keys rotate " + arguments.file() + "'"));
    }

    private static ScheduledKeyset read(Path file) throws KeyFileException {
        byte[] content = SafeFileReader.read(file, Allow.OWNER_ONLY);
        try {
            if (!KeysetText.looksLike(content)) {
                throw new KeyFileException(file + " is no keyset; raw key files have no times to rotate or show");
            }
            return KeysetText.parse(content, file.toString());
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private void write(Path file, List<TicketKey> keys) throws IOException {
        boolean replaced = Files.exists(file);
        KeyFileWriter.writeKeyset(file, keys);
        out.println((replaced ? "replaced " : "made ") + file);
        print(keys);
    }

    private void print(List<TicketKey> keys) {
        Instant now = clock.instant();
        for (TicketKey key : keys) {
            KeyTimes times = times(key);
            out.println("key " + key.name() + " " + state(times, now) + ": accepted from " + times.acceptFrom()
                    + ", seals from " + times.activateAt() + " to " + times.retireAt() + ", destroyed "
                    + times.destroyAt());
        }
    }

    private static String state(KeyTimes times, Instant now) {
        if (times.sealsAt(now)) {
            return "active";
        }
        if (!times.opensAt(now)) {
            return now.isBefore(times.acceptFrom()) ? "not yet accepted" : "dead";
        }
        return now.isBefore(times.activateAt()) ? "next" : "previous";
    }

    // The newest key tells how its file was made, so that cron needs to know nothing but the file.
    private static KeyRotation rotationOf(List<TicketKey> keys) {
        KeyTimes newest = keys.stream()
                .map(KeysCommand::times)
                .max(Comparator.comparing(KeyTimes::activateAt))
                .orElseThrow();
        Duration skew = KeyRotation.DEFAULT.skew();
        return new KeyRotation(
                Duration.between(newest.activateAt(), newest.retireAt()),
                newest.ticketRoom().minus(skew),
                skew);
    }

    private static KeyTimes times(TicketKey key) {
        return key.times().orElseThrow();
    }
}
