package dev.gangway.internal.engine;

import dev.gangway.ClientAuth;
import dev.gangway.internal.context.Connector;
import dev.gangway.internal.context.TicketOnlySslContext;
import dev.gangway.internal.engine.conscrypt.ConscryptTicketEngine;
import dev.gangway.internal.engine.jdk.JdkTicketEngine;
import dev.gangway.internal.handshake.InMemoryHandshake;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.internal.keys.TicketKey;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeObserver;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.internal.outcome.ObservedHandshake;
import dev.gangway.internal.wire.Handshake;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.TicketClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Two nodes in a process whose system clock stands still at a time from a file, for {@link FakedClockTest}. The client
 * offers a ticket of one node to the other at several ages, and the results are printed.
 */
public final class FakedClockNodes {
    private static final Instant SEALED_AT = Instant.parse("2026-06-01T12:00:00Z");
    private static final Certificates.Held CERTIFICATE = Certificates.server("localhost");

    private final TicketEngine engine;
    private final TicketPolicy policy;
    private final List<TicketKey> keys;
    private final Path clockFile;
    private final SSLContext sealing;
    private final SSLContext opening;
    private final SSLContext signing;

    private FakedClockNodes(TicketEngine engine, TicketPolicy policy, Path clockFile) throws Exception {
        this.engine = engine;
        this.policy = policy;
        this.clockFile = clockFile;
        setClock(SEALED_AT);
        // The keys open tickets from two hours before the tickets are sealed to ten hours after.
        keys = KeyRotation.DEFAULT.initialKeys(SEALED_AT.minus(Duration.ofHours(2)), new SecureRandom());
        sealing = node(engine, policy, keys, ClientAuth.NONE, null);
        opening = node(engine, policy, keys, ClientAuth.NONE, null);
        signing = node(engine, policy, keys, ClientAuth.NONE, null, SigningKey.keyManagers(CERTIFICATE));
    }

    /** @param args engine, ticket lifetime in seconds, the file that sets the clock, ages in seconds */
    public static void main(String[] args) throws Exception {
        TicketEngine engine = args[0].equals("jdk") ? new JdkTicketEngine() : ConscryptTicketEngine.create();
        TicketPolicy policy = TicketPolicy.ofLifetime(Duration.ofSeconds(Long.parseLong(args[1])));
        FakedClockNodes nodes = new FakedClockNodes(engine, policy, Path.of(args[2]));
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            for (String age : List.of(args).subList(3, args.length)) {
                System.out.println(
                        protocol + " at " + age + " s: " + nodes.offer(protocol, Integer.parseInt(age), false));
            }
        }
        System.out.println("TLSv1.3 with a wrong age: " + nodes.offer("TLSv1.3", 100, true));
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            nodes.comeBack(protocol, policy.ticketLifetimeSeconds());
        }
        for (int seconds : new int[] {-1, -3600, policy.ticketLifetimeSeconds()}) {
            nodes.connectWhileClockIsSet("TLSv1.3", seconds);
            nodes.connectWhileServerChecksAndClockIsSet("TLSv1.3", seconds);
            nodes.connectWhileServerSignsAndClockIsSet("TLSv1.3", seconds);
        }
    }

    // When the client checks the certificate, the server has made the session, but not yet its TLS 1.3 tickets.
    private void connectWhileClockIsSet(String protocol, int seconds) throws Exception {
        setClock(SEALED_AT);
        SSLEngine server = sealing.createSSLEngine();
        server.setUseClientMode(false);
        InMemoryHandshake.run(client(protocol, setterTo(seconds)), server);
    }

    // The server checks the certificate in the same call in which it makes its TLS 1.3 tickets.
    private void connectWhileServerChecksAndClockIsSet(String protocol, int seconds) throws Exception {
        setClock(SEALED_AT);
        SSLContext asking = node(engine, policy, keys, ClientAuth.REQUIRED, new TrustManager[] {setterTo(seconds)});
        SSLEngine server = asking.createSSLEngine();
        server.setUseClientMode(false);
        server.setNeedClientAuth(true);
        InMemoryHandshake.run(client(protocol, new ClockSetter(() -> {})), server);
    }

    // The server signs in the same call in which it reads the hello, after it has made the session.
    private void connectWhileServerSignsAndClockIsSet(String protocol, int seconds) throws Exception {
        setClock(SEALED_AT);
        SigningKey.beforeSigning(setterTo(seconds)::run);
        SSLEngine server = signing.createSSLEngine();
        server.setUseClientMode(false);
        InMemoryHandshake.run(client(protocol, new ClockSetter(() -> {})), server);
    }

    private ClockSetter setterTo(int seconds) {
        return new ClockSetter(() -> setClock(SEALED_AT.plusSeconds(seconds)));
    }

    private static SSLEngine client(String protocol, TrustManager trust) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(Certificates.keyManagers(CERTIFICATE), new TrustManager[] {trust}, null);
        SSLEngine client = context.createSSLEngine("node.invalid", 443);
        client.setUseClientMode(true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        client.setSSLParameters(parameters);
        return client;
    }

    // From node to node, each time with the newest ticket.
    private void comeBack(String protocol, int lifetime) throws Exception {
        setClock(SEALED_AT);
        TicketClient client = TicketClient.of(protocol);
        client.connect(sealing.createSSLEngine());
        boolean there = false;
        for (int second : new int[] {lifetime / 3, 2 * lifetime / 3, lifetime - 1, lifetime, lifetime + lifetime / 2}) {
            setClock(SEALED_AT.plusSeconds(second));
            there = !there;
            SSLEngine server = (there ? opening : sealing).createSSLEngine();
            boolean resumed = client.resumes(server);
            System.out.println(
                    protocol + " chain at " + second + " s: " + (resumed ? "resumed" : "full") + ", authenticated "
                            + HandshakeObserver.of(server)
                                    .flatMap(ObservedHandshake::authenticationAge)
                                    .map(Duration::toSeconds)
                                    .map(String::valueOf)
                                    .orElse("unknown")
                            + " s ago");
        }
    }

    private String offer(String protocol, int age, boolean wrongAge) throws Exception {
        setClock(SEALED_AT);
        TicketClient client = TicketClient.of(protocol);
        client.connect(sealing.createSSLEngine());
        if (wrongAge) {
            client.falsifyTicketAges();
        }
        setClock(SEALED_AT.plusSeconds(age));
        SSLEngine server = opening.createSSLEngine();
        Handshake second = client.connect(server);
        if (second.offeredTicket().isEmpty()) {
            return "no ticket offered";
        }
        ObservedHandshake seen = HandshakeObserver.of(server).orElseThrow();
        System.out.println(protocol + " at " + age + " s counts as " + seen.outcome() + ", age "
                + seen.ticketAge().map(Duration::toSeconds).map(String::valueOf).orElse("unknown"));
        return second.resumed().orElseThrow() ? "resumed" : "full";
    }

    private static SSLContext node(
            TicketEngine engine,
            TicketPolicy policy,
            List<TicketKey> keys,
            ClientAuth clientAuth,
            TrustManager[] trustManagers)
            throws Exception {
        return node(engine, policy, keys, clientAuth, trustManagers, Certificates.keyManagers(CERTIFICATE));
    }

    private static SSLContext node(
            TicketEngine engine,
            TicketPolicy policy,
            List<TicketKey> keys,
            ClientAuth clientAuth,
            TrustManager[] trustManagers,
            KeyManager[] keyManagers)
            throws Exception {
        TicketKeyManager manager = TicketKeyManager.open(new FixedSource(keys), policy, InstantSource.system());
        SSLContext context = TicketOnlySslContext.create(
                engine, new HandshakeRecorder(manager), Connector.of("", clientAuth), "TLS");
        context.init(keyManagers, trustManagers, null);
        return context;
    }

    private void setClock(Instant instant) throws IOException {
        Path next = clockFile.resolveSibling("next");
        Files.writeString(next, instant.toString().replace('T', ' ').replace("Z", "\n"));
        Files.move(next, clockFile, StandardCopyOption.ATOMIC_MOVE);
        if (!Instant.now().equals(instant)) {
            throw new AssertionError("the clock shows " + Instant.now() + " and not " + instant);
        }
    }

    private interface Setting {
        void run() throws IOException;
    }

    /** Accepts every certificate, and sets the clock during the check. */
    private static final class ClockSetter extends X509ExtendedTrustManager {
        private final Setting setting;

        ClockSetter(Setting setting) {
            this.setting = setting;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            checkServerTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
            checkServerTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            run();
        }

        void run() {
            try {
                setting.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            checkServerTrusted(chain, authType);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
