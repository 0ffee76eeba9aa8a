package dev.gangway;

import dev.gangway.internal.keys.Durations;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The settings of a server with ticket-only resumption. Immutable: each {@code with…} method returns a changed copy.
 *
 * <pre>{@code
 * TicketSettings settings = TicketSettings.ofKeys("file:/etc/gangway/keys").withTicketLifetime(Duration.ofHours(2));
 * }</pre>
 *
 * <p>The values are checked together when a server starts with them.
 */
public final class TicketSettings {
    /**
     * Keys made in memory, for one node; engine {@code jdk}, a ticket lifetime of six hours, a poll every ten seconds.
     */
    public static final TicketSettings DEFAULT = new TicketSettings(
            new Values("random:", Optional.empty(), "jdk", Duration.ofHours(6), Duration.ofSeconds(10), "", true));

    private final Values values;

    private record Values(
            String keys,
            Optional<KeySource> keySource,
            String engine,
            Duration ticketLifetime,
            Duration pollInterval,
            String scope,
            boolean checkClientCertificates) {
        Values {
            Objects.requireNonNull(keys, "keys");
            Objects.requireNonNull(keySource, "keySource");
            Objects.requireNonNull(engine, "engine");
            Objects.requireNonNull(ticketLifetime, "ticketLifetime");
            Objects.requireNonNull(pollInterval, "pollInterval");
            Objects.requireNonNull(scope, "scope");
        }
    }

    private TicketSettings(Values values) {
        this.values = values;
    }

    /**
     * @param keys {@code file:PATH}, {@code derived:PATH}, {@code store:PATH} or {@code random:}, with the options
     *     described in docs/keys.md
     */
    public static TicketSettings ofKeys(String keys) {
        return DEFAULT.withKeys(keys);
    }

    /** @param source read at start and every {@link #pollInterval} */
    public static TicketSettings ofKeys(KeySource source) {
        return DEFAULT.withKeys(source);
    }

    /** As {@link #ofKeys(String)}. */
    public TicketSettings withKeys(String keys) {
        Values v = values;
        return new TicketSettings(new Values(
                keys,
                Optional.empty(),
                v.engine,
                v.ticketLifetime,
                v.pollInterval,
                v.scope,
                v.checkClientCertificates));
    }

    /** As {@link #ofKeys(KeySource)}. */
    public TicketSettings withKeys(KeySource source) {
        Values v = values;
        return new TicketSettings(new Values(
                source.name(),
                Optional.of(source),
                v.engine,
                v.ticketLifetime,
                v.pollInterval,
                v.scope,
                v.checkClientCertificates));
    }

    /** @param engine the TLS implementation: {@code jdk} or {@code conscrypt} */
    public TicketSettings withEngine(String engine) {
        Values v = values;
        return new TicketSettings(new Values(
                v.keys, v.keySource, engine, v.ticketLifetime, v.pollInterval, v.scope, v.checkClientCertificates));
    }

    /**
     * @param ticketLifetime how long a session can be resumed after its full handshake: whole seconds, from 1 second to
     *     7 days (RFC 8446 section 4.6.1)
     */
    public TicketSettings withTicketLifetime(Duration ticketLifetime) {
        Values v = values;
        return new TicketSettings(new Values(
                v.keys, v.keySource, v.engine, ticketLifetime, v.pollInterval, v.scope, v.checkClientCertificates));
    }

    /** @param pollInterval how often the source is read: from 100 milliseconds to 1 hour */
    public TicketSettings withPollInterval(Duration pollInterval) {
        Values v = values;
        return new TicketSettings(new Values(
                v.keys, v.keySource, v.engine, v.ticketLifetime, pollInterval, v.scope, v.checkClientCertificates));
    }

    /**
     * @param scope a name for the trust domain, if other servers with the same keys must not open the tickets;
     *     otherwise empty
     */
    public TicketSettings withScope(String scope) {
        Values v = values;
        return new TicketSettings(new Values(
                v.keys, v.keySource, v.engine, v.ticketLifetime, v.pollInterval, scope, v.checkClientCertificates));
    }

    /**
     * @param check whether the server's trust managers check the certificates of a client again when it resumes. If
     *     not, a client whose certificate has been revoked can resume until the ticket lifetime since its full
     *     handshake is over.
     */
    public TicketSettings withCheckClientCertificates(boolean check) {
        Values v = values;
        return new TicketSettings(
                new Values(v.keys, v.keySource, v.engine, v.ticketLifetime, v.pollInterval, v.scope, check));
    }

    /** The key source as text; for a {@link KeySource}, its name. */
    public String keys() {
        return values.keys;
    }

    /** The application's own key source, if there is one. */
    public Optional<KeySource> keySource() {
        return values.keySource;
    }

    /** @see #withEngine */
    public String engine() {
        return values.engine;
    }

    /** @see #withTicketLifetime */
    public Duration ticketLifetime() {
        return values.ticketLifetime;
    }

    /** @see #withPollInterval */
    public Duration pollInterval() {
        return values.pollInterval;
    }

    /** @see #withScope */
    public String scope() {
        return values.scope;
    }

    /** @see #withCheckClientCertificates */
    public boolean checkClientCertificates() {
        return values.checkClientCertificates;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TicketSettings settings && values.equals(settings.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /**
     * The settings as an operator writes them, such as {@code keys=file:/etc/gangway/keys engine=jdk ticketLifetime=6h
     * …}.
     */
    @Override
    public String toString() {
        return "keys=" + values.keys + " engine=" + values.engine + " ticketLifetime="
                + Durations.format(values.ticketLifetime) + " pollInterval=" + Durations.format(values.pollInterval)
                + (values.scope.isEmpty() ? "" : " scope=" + values.scope) + " checkClientCertificates="
                + values.checkClientCertificates;
    }
}
