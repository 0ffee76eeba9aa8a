package dev.gangway.internal.outcome;

import dev.gangway.ClientAuth;
import dev.gangway.HandshakeOutcome;
import dev.gangway.KeySourceException;
import dev.gangway.internal.engine.ConnectionTickets;
import dev.gangway.internal.engine.Installation;
import dev.gangway.internal.engine.ObservedSslEngine;
import dev.gangway.internal.engine.TicketSeal;
import dev.gangway.internal.engine.jdk.JdkTicketEngine;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.Scope;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.ManualClock;
import dev.gangway.testing.RecordingInstallation;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** The objects around an observer, with ticket states that a test sets. */
final class HandshakeParts {
    static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    static final Scope SCOPE = Scope.of("", ClientAuth.NONE, List.of());

    final ManualClock clock = new ManualClock(NOW);
    final FixedSource source = new FixedSource(KeyRotation.DEFAULT.initialKeys(NOW, new SecureRandom()));
    final TicketKeyManager manager = manager();
    final HandshakeRecorder recorder = new HandshakeRecorder(manager);
    Function<byte[], Optional<TicketSeal>> seals = ticket -> Optional.empty();

    int unreadableHellos;

    private final Installation installation = new RecordingInstallation() {
        @Override
        public Optional<TicketSeal> sealOf(byte[] ticket) {
            return seals.apply(ticket);
        }

        @Override
        public ConnectionTickets connection(SSLEngine server, ClientAuth mode, ConnectionTickets.Answer answer) {
            return new ConnectionTickets() {
                @Override
                public void onUnreadableHello() {
                    unreadableHellos++;
                }
            };
        }
    };
    private final ContextObserver context =
            recorder.observe(new JdkTicketEngine(), SCOPE, installation, ClientAuth.NONE);
    private final SSLEngine engine = newEngine();

    HandshakeObserver newObserver() {
        return (HandshakeObserver) observed(engine).observer();
    }

    ObservedSslEngine observed(SSLEngine own) {
        return context.observe(own);
    }

    /** An engine that does nothing. */
    SSLEngine engine() {
        return engine;
    }

    OutcomeRules newRule() {
        return new OutcomeRules(installation, manager);
    }

    /** How often this outcome was counted, in whichever protocol version. */
    long count(HandshakeOutcome outcome) {
        return recorder.counts().stream()
                .mapToLong(counts -> counts.of(outcome))
                .sum();
    }

    /** How many handshakes were counted. */
    long countAll() {
        return recorder.counts().stream()
                .flatMap(counts -> counts.outcomes().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    private TicketKeyManager manager() {
        try {
            return TicketKeyManager.open(source, TicketPolicy.DEFAULT, clock);
        } catch (KeySourceException e) {
            throw new AssertionError(e);
        }
    }

    private static SSLEngine newEngine() {
        try {
            return SSLContext.getDefault().createSSLEngine();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
