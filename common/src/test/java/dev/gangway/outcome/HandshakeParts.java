package dev.gangway.outcome;

import dev.gangway.engine.ConnectionTickets;
import dev.gangway.engine.Installation;
import dev.gangway.engine.TicketSeal;
import dev.gangway.engine.WatchedSslEngine;
import dev.gangway.engine.jdk.JdkTicketEngine;
import dev.gangway.keyfile.KeyFileException;
import dev.gangway.keyfile.KeyRotation;
import dev.gangway.keys.Scope;
import dev.gangway.keys.Scope.ClientAuth;
import dev.gangway.keys.TicketPolicy;
import dev.gangway.manager.TicketKeyManager;
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

/** What a watch has around it, of which a test says what tickets are. */
final class HandshakeParts {
    static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    static final Scope SCOPE = Scope.of("", ClientAuth.NONE, List.of());

    final ManualClock clock = new ManualClock(NOW);
    final FixedSource source = new FixedSource(KeyRotation.DEFAULT.first(NOW, new SecureRandom()));
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
    private final ContextWatch context = recorder.watch(new JdkTicketEngine(), SCOPE, installation, ClientAuth.NONE);
    private final SSLEngine engine = newEngine();

    HandshakeWatch newWatch() {
        return (HandshakeWatch) watched(engine).watch();
    }

    WatchedSslEngine watched(SSLEngine own) {
        return context.watch(own);
    }

    /** One that does nothing. */
    SSLEngine engine() {
        return engine;
    }

    TicketRule newRule() {
        return new TicketRule(installation, manager);
    }

    /** How often this outcome was counted, in whichever protocol version. */
    long count(Outcome outcome) {
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
        } catch (KeyFileException e) {
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
