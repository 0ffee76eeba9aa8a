package dev.gangway.internal.engine.jdk;

import dev.gangway.internal.engine.TicketEngine;
import dev.gangway.internal.handshake.InMemoryClient;
import dev.gangway.internal.wire.Handshake;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.AbstractMap;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;

/**
 * Detects which {@linkplain JdkFault faults} this Java has, by two TLS 1.2 handshakes in memory with a temporary
 * certificate; the second offers the ticket of the first. The Java version decides only where such handshakes
 * are not possible.
 */
final class FaultProbe {
    private static final Logger LOG = System.getLogger("dev.gangway");
    private static final String PROTOCOL = "TLSv1.2";
    private static final Optional<String> LONG_NAME = Optional.of("probe.".repeat(25) + "invalid");
    private static final int KEY_NUMBER = 1;
    private static final int KEY_LENGTH = 32;

    private static Set<JdkFault> ofThisJvm;

    private final TicketEngine engine;
    private final SunJsseInternals internals;
    private final SecretKey key;

    private FaultProbe(TicketEngine engine, SunJsseInternals internals) {
        this.engine = engine;
        this.internals = internals;
        byte[] bytes = new byte[KEY_LENGTH];
        new SecureRandom().nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, "AES");
    }

    /** The faults of this Java, which are detected and logged once per JVM. */
    static synchronized Set<JdkFault> faults(TicketEngine engine, SunJsseInternals internals) {
        if (ofThisJvm == null) {
            ofThisJvm = find(engine, internals);
            for (JdkFault fault : ofThisJvm) {
                LOG.log(Level.WARNING, fault.warning(Runtime.version()));
            }
        }
        return ofThisJvm;
    }

    /** Detects faults by handshakes if possible, otherwise by the Java version. */
    static Set<JdkFault> find(TicketEngine engine, SunJsseInternals internals) {
        try {
            return new FaultProbe(engine, internals).run();
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            LOG.log(
                    Level.DEBUG,
                    "The faults of this Java are derived from its version, because test handshakes are not possible",
                    e);
            return Stream.of(JdkFault.values())
                    .filter(fault -> fault.isIn(Runtime.version()))
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(JdkFault.class)));
        }
    }

    private Set<JdkFault> run() throws GeneralSecurityException, IOException {
        SSLContext context = serverContext();
        InMemoryClient client = InMemoryClient.of(engine);
        Handshake first = client.connect(PROTOCOL, LONG_NAME, server(context));
        byte[] ticket = first.issuedTicket()
                .filter(issued -> issued.length > 0)
                .orElseThrow(() -> new SSLException("no " + PROTOCOL + " ticket was issued"));

        Set<JdkFault> faults = EnumSet.noneOf(JdkFault.class);
        if (TicketHead.isUnauthenticated(ticket, key)) {
            faults.add(JdkFault.UNAUTHENTICATED_TICKET_HEAD);
        }
        try {
            client.connect(PROTOCOL, LONG_NAME, server(context));
        } catch (SSLException | RuntimeException e) {
            faults.add(JdkFault.LONG_SERVER_NAME);
        }
        return faults;
    }

    private SSLContext serverContext() throws GeneralSecurityException, IOException {
        SSLContext context = engine.newContext("TLS");
        context.init(ProbeCertificate.keyManagers(), null, null);
        SSLSessionContext sessions = context.getServerSessionContext();
        internals.replaceKeyMap(sessions, new OneKey(internals.newKey(KEY_NUMBER, key)));
        internals.setCurrentKeyId(sessions, KEY_NUMBER);
        return context;
    }

    private SSLEngine server(SSLContext context) {
        SSLEngine server = context.createSSLEngine();
        server.setUseClientMode(false);
        engine.prepare(server);
        return server;
    }

    /** Makes SunJSSE seal and open with the same key, whichever number it looks up. */
    private static final class OneKey extends AbstractMap<Integer, Object> {
        private final Object key;

        OneKey(Object key) {
            this.key = key;
        }

        @Override
        public Object get(Object id) {
            return key;
        }

        @Override
        public Set<Entry<Integer, Object>> entrySet() {
            return Set.of();
        }
    }
}
