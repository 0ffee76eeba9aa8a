package dev.gangway.internal.cli;

import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.ScheduledKeyset;
import dev.gangway.internal.keys.ShortNotice;
import dev.gangway.internal.store.StoreEditor;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code keys new} and {@code keys rotate} for the document of a store. */
final class StoreDocumentEditor implements KeysetEditor {
    private final InstantSource clock;
    private final PrintStream out;

    StoreDocumentEditor(InstantSource clock, PrintStream out) {
        this.clock = clock;
        this.out = out;
    }

    @Override
    public void create(Arguments arguments) throws KeySourceException {
        arguments.allow("period", "ticket-lifetime");
        try (StoreEditor store = arguments.openStore()) {
            Optional<Duration> period = arguments.duration("period");
            Optional<Duration> ticketLifetime = arguments.duration("ticket-lifetime");
            print(store.replace(period, ticketLifetime, clock.instant()), store);
        }
    }

    @Override
    public void rotate(Arguments arguments) throws KeySourceException {
        arguments.allow("in");
        try (StoreEditor store = arguments.openStore()) {
            List<ShortNotice> late = new ArrayList<>();
            Optional<ScheduledKeyset> next =
                    store.rotate(arguments.timeUntilNextKeySeals(), clock.instant(), late::add);
            if (next.isPresent()) {
                print(next.get(), store);
                late.forEach(notice -> out.println(notice.warningOfIn()));
            } else {
                out.println("nothing is due; the document in " + store.name() + " is unchanged");
            }
        }
    }

    private void print(ScheduledKeyset keyset, StoreEditor store) throws KeySourceException {
        out.println("wrote " + store.name() + ": " + store.origin());
        KeyInspector.print(keyset, clock.instant(), out);
        keyset.destroy();
    }
}
