package dev.gangway.micrometer;

import dev.gangway.internal.outcome.HandshakeRecorder;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.Set;

/**
 * The meters of one server in one registry.
 *
 * <p>The handshake counters of an engine and scope are registered when the first TLS context of that engine and scope
 * is made. So no handshake waits for a registry, and each counter exists with the value zero before the first
 * handshake; otherwise a rate would miss the first handshakes.
 */
final class ServerMeters implements HandshakeRecorder.ScopeListener {
    private final MeterRegistry registry;
    private final Tags tags;
    private final WeakReference<HandshakeRecorder> handshakes;
    private final Set<Meter> meters = new HashSet<>();
    private boolean removed;

    ServerMeters(MeterRegistry registry, Tags tags, HandshakeRecorder handshakes) {
        this.registry = registry;
        this.tags = tags;
        this.handshakes = new WeakReference<>(handshakes);
        meters.addAll(KeyMeters.register(registry, tags, handshakes));
    }

    @Override
    public synchronized void onScope(String engine, String scope) {
        HandshakeRecorder present = handshakes.get();
        if (!removed && present != null) {
            meters.addAll(new HandshakeMeters(engine, scope).register(registry, tags, present));
        }
    }

    synchronized void remove() {
        removed = true;
        meters.forEach(registry::remove);
        meters.clear();
    }
}
