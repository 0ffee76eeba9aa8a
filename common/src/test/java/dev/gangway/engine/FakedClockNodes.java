package dev.gangway.engine;

import dev.gangway.context.Connector;
import dev.gangway.context.TicketOnlySslContext;
import dev.gangway.engine.conscrypt.ConscryptTicketEngine;
import dev.gangway.engine.jdk.JdkTicketEngine;
import dev.gangway.keyfile.KeyRotation;
import dev.gangway.keys.Scope.ClientAuth;
import dev.gangway.keys.TicketKey;
import dev.gangway.keys.TicketPolicy;
import dev.gangway.manager.TicketKeyManager;
import dev.gangway.outcome.HandshakeRecorder;
import dev.gangway.outcome.HandshakeWatch;
import dev.gangway.outcome.SeenHandshake;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.FixedSource;
import dev.gangway.testing.TicketClient;
import dev.gangway.wire.Handshake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * Two nodes in a process whose system clock stands still and shows what a file says, for {@link FakedClockTest}. A ticket
 * of one is offered to the other at several ages, and the answers are printed.
 */
public final class FakedClockNodes {
    private static final Instant SEALED_AT = Instant.parse("2026-06-01T12:00:00Z");
    private static final Certificates.Held CERTIFICATE = Certificates.server("localhost");

    private final Path clockFile;
    private final SSLContext sealing;
    private final SSLContext opening;

    private FakedClockNodes(TicketEngine engine, TicketPolicy policy, Path clockFile) throws Exception {
        this.clockFile = clockFile;
        setClock(SEALED_AT);
        // In use from two hours before the tickets are sealed to ten hours after.
        List<TicketKey> keys = KeyRotation.DEFAULT.first(SEALED_AT.minus(Duration.ofHours(2)), new SecureRandom());
        sealing = node(engine, policy, keys);
        opening = node(engine, policy, keys);
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
    }

    // From node to node, each time with the newest ticket there is.
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
                            + HandshakeWatch.of(server)
                                    .flatMap(SeenHandshake::authenticationAge)
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
        SeenHandshake seen = HandshakeWatch.of(server).orElseThrow();
        System.out.println(protocol + " at " + age + " s counts as " + seen.outcome() + ", age "
                + seen.ticketAge().map(Duration::toSeconds).map(String::valueOf).orElse("unknown"));
        return second.resumed().orElseThrow() ? "resumed" : "full";
    }

    private static SSLContext node(TicketEngine engine, TicketPolicy policy, List<TicketKey> keys) throws Exception {
        TicketKeyManager manager = TicketKeyManager.open(new FixedSource(keys), policy, InstantSource.system());
        SSLContext context = TicketOnlySslContext.create(
                engine, new HandshakeRecorder(manager), Connector.of("", ClientAuth.NONE), "TLS");
        context.init(Certificates.keyManagers(CERTIFICATE), null, null);
        return context;
    }

    private void setClock(Instant instant) throws Exception {
        Path next = clockFile.resolveSibling("next");
        Files.writeString(next, instant.toString().replace('T', ' ').replace("Z", "\n"));
        Files.move(next, clockFile, StandardCopyOption.ATOMIC_MOVE);
        if (!Instant.now().equals(instant)) {
            throw new AssertionError("the clock shows " + Instant.now() + " and not " + instant);
        }
    }
}
