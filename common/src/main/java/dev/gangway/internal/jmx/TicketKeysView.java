package dev.gangway.internal.jmx;

import dev.gangway.HandshakeOutcome;
import dev.gangway.TicketKeysMXBean;
import dev.gangway.internal.manager.KeyStatus;
import dev.gangway.internal.manager.ManagerStatus;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeCounts;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.internal.selftest.ConnectorView;
import dev.gangway.internal.selftest.ServedConnector;
import dev.gangway.internal.store.StoreStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** A key manager's status in open types, read again for each attribute. */
public final class TicketKeysView implements TicketKeysMXBean {
    private static final Duration RELOAD_TIMEOUT = Duration.ofSeconds(10);

    private final HandshakeRecorder handshakes;
    private final TicketKeyManager manager;
    private final String engine;
    private final ConnectorView connectors;
    private final BoundedReload reload;

    /**
     * @param engine the TLS implementation, as JMX shows it
     * @param connectors the server's connectors
     */
    public static TicketKeysView of(HandshakeRecorder handshakes, String engine, ConnectorView connectors) {
        return new TicketKeysView(handshakes, engine, connectors, RELOAD_TIMEOUT);
    }

    /** @param reloadTimeout how long {@link #reload} waits for the source */
    TicketKeysView(HandshakeRecorder handshakes, String engine, ConnectorView connectors, Duration reloadTimeout) {
        this.handshakes = handshakes;
        this.manager = handshakes.manager();
        this.engine = engine;
        this.connectors = connectors;
        this.reload = new BoundedReload(manager, reloadTimeout);
    }

    /** The handshake counts of the server. */
    public HandshakeRecorder handshakes() {
        return handshakes;
    }

    @Override
    public String getState() {
        return status().state().name();
    }

    @Override
    public String getSource() {
        return status().source();
    }

    @Override
    public String getEngine() {
        return engine;
    }

    @Override
    public List<String> getTicketFormats() {
        return status().ticketFormats();
    }

    @Override
    public List<String> getServes() {
        return connectors.served().stream().map(ServedConnector::name).toList();
    }

    @Override
    public List<Connector> getConnectors() {
        return connectors.served().stream()
                .<Connector>map(ServedConnectorView::new)
                .toList();
    }

    @Override
    public List<String> getNotServed() {
        return Stream.concat(connectors.notServed().stream(), connectors.ofOtherServers().stream())
                .toList();
    }

    @Override
    public String getActiveKey() {
        return status().activeKey().map(KeyStatus::name).orElse("");
    }

    @Override
    public long getActiveKeyAgeSeconds() {
        return status().activeKey()
                .flatMap(KeyStatus::times)
                .map(times -> secondsSince(times.activateAt()))
                .orElse(-1L);
    }

    @Override
    public long getSecondsToNextChange() {
        return secondsTo(status().nextChange());
    }

    @Override
    public long getSecondsToLastRetirement() {
        return secondsTo(status().lastRetirement());
    }

    @Override
    public List<Key> getKeys() {
        return status().keys().stream().<Key>map(KeyView::new).toList();
    }

    @Override
    public int getAcceptedKeys() {
        return status().keys().size();
    }

    @Override
    public String getRingDigest() {
        return status().ringDigest();
    }

    @Override
    public String getLastGoodLoad() {
        return status().lastGoodLoad().toString();
    }

    @Override
    public long getSecondsSinceLastGoodLoad() {
        return secondsSince(status().lastGoodLoad());
    }

    @Override
    public String getFault() {
        return status().fault().orElse("");
    }

    @Override
    public String getStore() {
        return status().store().map(StoreStatus::store).orElse("");
    }

    @Override
    public long getDocumentVersion() {
        return status().store().map(StoreStatus::documentVersion).orElse(-1L);
    }

    @Override
    public String getDocumentWrittenBy() {
        return status().store().map(StoreStatus::writtenBy).orElse("");
    }

    @Override
    public String getDocumentWrittenAt() {
        return status().store().map(store -> store.writtenAt().toString()).orElse("");
    }

    @Override
    public String getLastStoreContact() {
        return status().store()
                .map(StoreStatus::lastContact)
                .filter(contact -> contact.isAfter(Instant.EPOCH))
                .map(Instant::toString)
                .orElse("");
    }

    @Override
    public long getOutageBudgetSeconds() {
        return status().store()
                .map(store -> store.outageBudget(manager.clock().instant()).toSeconds())
                .orElse(-1L);
    }

    @Override
    public int getInstallations() {
        return status().installations();
    }

    @Override
    public int getBrokenInstallations() {
        return status().brokenInstallations();
    }

    @Override
    public long getTicketLifetimeSeconds() {
        return manager.policy().ticketLifetimeSeconds();
    }

    @Override
    public double getPollIntervalSeconds() {
        return manager.policy().pollInterval().toMillis() / 1000.0;
    }

    @Override
    public List<Handshakes> getHandshakes() {
        return handshakes.counts().stream().<Handshakes>map(HandshakesView::new).toList();
    }

    @Override
    public long getResumedHandshakes() {
        return sum(HandshakeCounts::resumed);
    }

    @Override
    public long getFullHandshakes() {
        return sum(HandshakeCounts::full);
    }

    @Override
    public long getFailedHandshakes() {
        return sum(counts -> counts.of(HandshakeOutcome.FAILED));
    }

    @Override
    public long getHandshakesWithNewTicket() {
        return sum(HandshakeCounts::withNewTicket);
    }

    @Override
    public long getHandshakesAheadOfKey() {
        return handshakes.aheadOfKey();
    }

    private long sum(ToLongFunction<HandshakeCounts> of) {
        return handshakes.counts().stream().mapToLong(of).sum();
    }

    @Override
    public String reload() {
        return reload.now();
    }

    private ManagerStatus status() {
        return manager.status();
    }

    private long secondsTo(Optional<Instant> end) {
        return end.map(time -> Math.max(
                        0, Duration.between(manager.clock().instant(), time).toSeconds()))
                .orElse(-1L);
    }

    private long secondsSince(Instant past) {
        return Duration.between(past, manager.clock().instant()).toSeconds();
    }
}
