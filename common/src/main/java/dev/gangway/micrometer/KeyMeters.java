package dev.gangway.micrometer;

import dev.gangway.internal.manager.KeyStatus;
import dev.gangway.internal.manager.KeyStatus.Role;
import dev.gangway.internal.manager.ManagerStatus;
import dev.gangway.internal.manager.ManagerStatus.State;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.internal.store.StoreStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The meters of the ticket keys of one server. The registry holds the server weakly. */
final class KeyMeters {
    private final MeterRegistry registry;
    private final Tags tags;
    private final HandshakeRecorder handshakes;
    private final List<Meter> meters = new ArrayList<>();

    private KeyMeters(MeterRegistry registry, Tags tags, HandshakeRecorder handshakes) {
        this.registry = registry;
        this.tags = tags;
        this.handshakes = handshakes;
    }

    static List<Meter> register(MeterRegistry registry, Tags tags, HandshakeRecorder handshakes) {
        KeyMeters keys = new KeyMeters(registry, tags, handshakes);
        keys.registerState();
        keys.registerKeys();
        keys.registerTimes();
        keys.registerStore();
        keys.registerInstallations();
        return keys.meters;
    }

    // One gauge for each state, and only the current one is 1, so that alert rules name a state instead of a number.
    private void registerState() {
        for (State state : State.values()) {
            gauge(
                    Gauge.builder(
                                    "gangway.ssl.state",
                                    handshakes,
                                    present -> status(present).state() == state ? 1 : 0)
                            .tag("state", TagValue.of(state)),
                    "1 for the current state of ticket key sharing, 0 for all others");
        }
    }

    private void registerKeys() {
        for (Role role : Role.values()) {
            gauge(
                    Gauge.builder("gangway.ssl.ticket.keys", handshakes, present -> count(status(present), role))
                            .tag("role", TagValue.of(role))
                            .baseUnit("keys"),
                    "Keys that can decrypt tickets, by role");
        }
        meters.add(FunctionCounter.builder(
                        "gangway.ssl.handshakes.ahead.of.key", handshakes, HandshakeRecorder::aheadOfKey)
                .tags(tags)
                .description("Full handshakes with a ticket whose key this node did not have yet and received later")
                .register(registry));
    }

    private void registerTimes() {
        time(
                "gangway.ssl.active.key.age",
                present -> seconds(activation(status(present)), Optional.of(now(present))),
                "Time since the active key was activated; NaN if there is none, or it has no times");
        time(
                "gangway.ssl.time.to.next.change",
                present -> Math.max(
                        0, seconds(Optional.of(now(present)), status(present).nextChange())),
                "Time until a key is next accepted, activated, retired or destroyed; NaN if no such change is planned");
        time(
                "gangway.ssl.time.to.last.retirement",
                present -> Math.max(
                        0, seconds(Optional.of(now(present)), status(present).lastRetirement())),
                "Time until the last of the keys retires and no key is active; NaN if the keys have no times");
        time(
                "gangway.ssl.time.since.last.good.load",
                present -> seconds(Optional.of(status(present).lastGoodLoad()), Optional.of(now(present))),
                "Time since the source was last read without a fault");
    }

    private void registerStore() {
        time(
                "gangway.ssl.store.outage.budget",
                present -> status(present)
                        .store()
                        .map(store -> store.outageBudget(now(present)).toMillis() / 1000.0)
                        .orElse(Double.NaN),
                "Time for which the store may be unavailable without extra full handshakes; NaN if the keys are not in a"
                        + " store");
        time(
                "gangway.ssl.store.time.since.last.contact",
                present -> seconds(
                        status(present).store().map(StoreStatus::lastContact).filter(Instant.EPOCH::isBefore),
                        Optional.of(now(present))),
                "Time since the store last answered; NaN if it never has, or if the keys are not in a store");
        gauge(
                Gauge.builder(
                        "gangway.ssl.store.document.version",
                        handshakes,
                        present -> status(present)
                                .store()
                                .map(store -> (double) store.documentVersion())
                                .orElse(Double.NaN)),
                "Version of the document in use; NaN if the keys are not in a store");
    }

    private void registerInstallations() {
        gauge(
                Gauge.builder(
                        "gangway.ssl.installations",
                        handshakes,
                        present -> status(present).installations()),
                "TLS contexts that use these keys");
        gauge(
                Gauge.builder(
                        "gangway.ssl.installations.broken",
                        handshakes,
                        present -> status(present).brokenInstallations()),
                "TLS contexts that did not accept the current keys");
    }

    private void gauge(Gauge.Builder<HandshakeRecorder> gauge, String description) {
        meters.add(gauge.tags(tags).description(description).register(registry));
    }

    private void time(String name, ToDoubleFunction<HandshakeRecorder> seconds, String description) {
        meters.add(TimeGauge.builder(name, handshakes, TimeUnit.SECONDS, seconds)
                .tags(tags)
                .description(description)
                .register(registry));
    }

    private static ManagerStatus status(HandshakeRecorder handshakes) {
        return handshakes.manager().status();
    }

    private static Instant now(HandshakeRecorder handshakes) {
        return handshakes.manager().clock().instant();
    }

    private static Optional<Instant> activation(ManagerStatus status) {
        return status.activeKey().flatMap(KeyStatus::times).map(times -> times.activateAt());
    }

    private static long count(ManagerStatus status, Role role) {
        return status.keys().stream().filter(key -> key.role() == role).count();
    }

    private static double seconds(Optional<Instant> from, Optional<Instant> to) {
        return from.isPresent() && to.isPresent()
                ? Duration.between(from.get(), to.get()).toMillis() / 1000.0
                : Double.NaN;
    }
}
