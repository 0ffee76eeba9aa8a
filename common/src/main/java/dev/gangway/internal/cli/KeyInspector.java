package dev.gangway.internal.cli;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.KeyTimes;
import dev.gangway.internal.keys.Keyset;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.keys.UsableKeys;
import dev.gangway.internal.source.KeysSetting;
import dev.gangway.internal.store.StoreEditor;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** {@code keys show} and {@code keys check}: reads keys as a server does, and prints no secret. */
final class KeyInspector {
    private final InstantSource clock;
    private final PrintStream out;

    KeyInspector(InstantSource clock, PrintStream out) {
        this.clock = clock;
        this.out = out;
    }

    void show(Arguments arguments) throws KeySourceException {
        arguments.allow();
        Instant now = clock.instant();
        Keyset keyset = arguments.isStore()
                ? stored(arguments.openStore())
                : KeysSetting.parse(arguments.setting(), TicketPolicy.DEFAULT)
                        .loadIfChanged(now)
                        .orElseThrow();
        try {
            print(keyset, now, out);
        } finally {
            keyset.destroy();
        }
    }

    void check(Arguments arguments) throws KeySourceException {
        arguments.allow("ticket-lifetime", "poll-interval");
        TicketPolicy policy = TicketPolicy.ofLifetime(
                        arguments.duration("ticket-lifetime").orElse(TicketPolicy.DEFAULT.ticketLifetime()))
                .withPollInterval(arguments.duration("poll-interval").orElse(TicketPolicy.DEFAULT.pollInterval()));
        Instant now = clock.instant();
        Keyset keyset = arguments.isStore()
                ? stored(arguments.openStore(policy))
                : KeysSetting.parse(arguments.setting(), policy)
                        .loadIfChanged(now)
                        .orElseThrow();
        try {
            UsableKeys.require(keyset, policy, arguments.setting(), now);
            TicketKey active = keyset.ringAt(now).active().orElseThrow();
            out.println(arguments.target() + " is good: key " + active.name() + " seals"
                    + active.times().map(times -> until(times, keyset, now)).orElse("; these keys have no times"));
        } finally {
            keyset.destroy();
        }
    }

    /** One line for each key: its full name, its role and its times. */
    static void print(Keyset keyset, Instant now, PrintStream out) {
        List<TicketKey> accepted = keyset.ringAt(now).acceptOnly();
        for (TicketKey key : keyset.keys()) {
            String role = accepted.contains(key) ? "accept-only" : "active";
            out.println("key " + key.name() + " "
                    + key.times().map(times -> describe(times, now)).orElse(role + ", without times"));
        }
    }

    private static String describe(KeyTimes times, Instant now) {
        return state(times, now) + ": accepted from " + times.acceptFrom() + ", seals from " + times.activateAt()
                + " to " + times.retireAt() + ", destroyed " + times.destroyAt();
    }

    private static String state(KeyTimes times, Instant now) {
        if (times.sealsAt(now)) {
            return "active";
        }
        if (!times.opensAt(now)) {
            return now.isBefore(times.acceptFrom()) ? "not yet accepted" : "destroyed";
        }
        return now.isBefore(times.activateAt()) ? "next" : "previous";
    }

    private static String until(KeyTimes active, Keyset keyset, Instant now) {
        boolean hasNext = keyset.ringAt(now).accepted().stream()
                .flatMap(key -> key.times().stream())
                .anyMatch(times -> times.activateAt().isAfter(now));
        return " until " + active.retireAt()
                + (hasNext ? ", the next one is announced" : ", and no key comes after it: run 'keys rotate'");
    }

    // A source would write the document if it is due.
    private Keyset stored(StoreEditor store) throws KeySourceException {
        try (store) {
            out.println(store.name() + ": " + store.origin());
            return store.read();
        }
    }
}
