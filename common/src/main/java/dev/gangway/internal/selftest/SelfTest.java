package dev.gangway.internal.selftest;

import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.engine.ProvenHandshake;
import dev.gangway.internal.engine.TicketEngine;
import dev.gangway.internal.handshake.InMemoryClient;
import dev.gangway.internal.keys.KeyRing;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.outcome.HandshakeCounts;
import dev.gangway.internal.outcome.HandshakeRecorder;
import dev.gangway.internal.selftest.SocketTarget.Visit;
import dev.gangway.internal.wire.Handshake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * Tests a connector the way its clients use it: through its own socket, with its own protocols, ALPN and server names.
 * A client gets a ticket, connects again with it, and must be resumed by a key of this server, and be counted.
 *
 * <p>The client sends no request and verifies no certificate, because only the server is tested. It has no client
 * certificate, so with a connector that requires one it can only test whether the server answers.
 */
public final class SelfTest {
    /** For one connection. A working server answers in milliseconds, on an overloaded machine in seconds. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** From the client's last byte to the server's count. */
    private static final Duration COUNT_LIMIT = Duration.ofSeconds(20);

    private static final int REPETITIONS = 1;
    // More key changes than occur during one test in normal operation.
    private static final int REPETITIONS_WHILE_KEYS_CHANGE = 10;

    // PROXY protocol, version 2, section 2.2: the command LOCAL is for a proxy's own checks and has no addresses.
    private static final byte[] PROXY_LOCAL = {
        0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A, 0x20, 0x00, 0x00, 0x00
    };

    private final TicketEngine engine;
    private final HandshakeRecorder recorder;
    private final SocketTarget target;
    private final boolean wasReached;

    private SelfTest(TicketEngine engine, HandshakeRecorder recorder, SocketTarget target, boolean wasReached) {
        this.engine = engine;
        this.recorder = recorder;
        this.target = target;
        this.wasReached = wasReached;
    }

    /**
     * Tests one connector.
     *
     * @param engine the engine of the connector
     * @param recorder counts the handshakes of its server
     * @param wasReached whether an earlier test connected to it, so that it has failed if this one cannot connect
     */
    public static TestResult run(
            TicketEngine engine, HandshakeRecorder recorder, SocketTarget target, boolean wasReached) {
        SelfTest test = new SelfTest(engine, recorder, target, wasReached);
        TicketKeyManager manager = recorder.manager();
        for (int repetition = 0; ; repetition++) {
            KeyRing before = manager.ring();
            TestResult found = test.once();
            if (found.kind() != TestResult.Kind.FAILED || Thread.currentThread().isInterrupted()) {
                return found;
            }
            KeyRing after = manager.ring();
            if (after.active().isEmpty()) {
                return TestResult.notYet("no ticket key is active, so there is no shared ticket to test it with");
            }
            // A failure during a key rotation or a reload does not show a fault of the connector.
            if (repetition >= (after == before ? REPETITIONS : REPETITIONS_WHILE_KEYS_CHANGE)) {
                return found;
            }
        }
    }

    private TestResult once() {
        TestResult testResult = TestResult.inMemoryOnly("it has no address");
        for (SocketAddress address : target.addresses()) {
            try {
                if (!isOfThisMachine(address)) {
                    return TestResult.inMemoryOnly(
                            "its address " + address + " is not one of this machine at the moment");
                }
                return throughSocket(address);
            } catch (SocketHandshake.UnreachableException e) {
                // A firewall, for example, may block connections of a process to itself, but not those of its clients.
                String reason = String.valueOf(e.getMessage());
                testResult = wasReached ? TestResult.failed(reason) : TestResult.inMemoryOnly(reason);
            } catch (IOException | InstallationException | RuntimeException e) {
                return TestResult.failed("tested through " + address + ": " + e);
            }
        }
        return testResult;
    }

    // Two machines may share an address. If the other machine has it now, that machine would answer the test.
    private static boolean isOfThisMachine(SocketAddress address) throws SocketException {
        return !(address instanceof InetSocketAddress inet)
                || inet.getAddress().isLoopbackAddress()
                || NetworkInterface.getByInetAddress(inet.getAddress()) != null;
    }

    private TestResult throughSocket(SocketAddress address) throws IOException, InstallationException {
        Set<String> resumed = new LinkedHashSet<>();
        Set<String> answered = new LinkedHashSet<>();
        Set<String> reasons = new LinkedHashSet<>();
        for (Visit visit : target.visits()) {
            // With one client for all visits, a host might resume from another host's ticket.
            InMemoryClient client = InMemoryClient.of(engine);
            if (visit.answerOnly().isPresent()) {
                requireAnswer(client, visit.handshake(), address);
                answered.add(describe(visit.handshake()));
                reasons.add(visit.answerOnly().get());
            } else {
                requireResumption(client, visit.handshake(), address);
                resumed.add(visit.handshake().protocol());
            }
        }
        String partly = answered.isEmpty()
                ? ""
                : String.join("; ", reasons) + ", so the test shows only that the server answers " + answered + " at "
                        + address;
        if (resumed.isEmpty()) {
            return TestResult.inMemoryOnly(partly.isEmpty() ? "there is nothing to test" : partly);
        }
        return TestResult.throughSocket("a client resumed with " + resumed + " at " + address
                + (partly.isEmpty() ? "" : "; for others, " + partly));
    }

    private void requireAnswer(InMemoryClient client, ProvenHandshake handshake, SocketAddress address)
            throws IOException {
        try (SocketHandshake connection = connect(client, handshake, address)) {
            connection.answer();
        } catch (SocketHandshake.UnreachableException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("the connector does not answer the " + describe(handshake) + ": " + e, e);
        }
    }

    private void requireResumption(InMemoryClient client, ProvenHandshake handshake, SocketAddress address)
            throws IOException {
        complete(client, handshake, address, "full");
        long resumedBefore = resumed();
        Handshake second = complete(client, handshake, address, "second");
        byte[] ticket = second.offeredTicket()
                .orElseThrow(() -> new IOException("the connector issued no ticket in the " + describe(handshake)
                        + "; check that session tickets are not switched off"));
        if (!recorder.manager().hasSealed(ticket)) {
            throw new IOException("the ticket from the " + describe(handshake)
                    + " was not sealed with a key of this server: another TLS implementation or another process may"
                    + " answer at this address");
        }
        if (!second.resumed().orElse(false)) {
            throw new IOException("the connector did a full " + describe(handshake)
                    + ", although the test client offered its ticket");
        }
        awaitCount(handshake, resumedBefore);
    }

    private Handshake complete(InMemoryClient client, ProvenHandshake handshake, SocketAddress address, String which)
            throws IOException {
        try (SocketHandshake connection = connect(client, handshake, address)) {
            return connection.complete();
        } catch (SocketHandshake.UnreachableException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("the " + which + " " + describe(handshake) + " fails: " + e, e);
        }
    }

    private SocketHandshake connect(InMemoryClient client, ProvenHandshake handshake, SocketAddress address)
            throws IOException {
        SSLEngine tls = client.newEngine(handshake.protocol(), handshake.serverName());
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setApplicationProtocols(target.applicationProtocols().toArray(String[]::new));
        tls.setSSLParameters(parameters);
        SocketHandshake connection = SocketHandshake.connect(address, tls, LIMIT);
        if (target.greetsAsProxy()) {
            connection.sendBefore(PROXY_LOCAL);
        }
        return connection;
    }

    // The server counts when it has seen the client's last message, which may be after the client has sent it.
    private void awaitCount(ProvenHandshake handshake, long before) throws IOException {
        long deadline = System.nanoTime() + COUNT_LIMIT.toNanos();
        while (resumed() <= before) {
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "the " + describe(handshake) + " was resumed, but this server did not count it: another"
                                + " process may answer at this address");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("the test was interrupted", e);
            }
        }
    }

    private long resumed() {
        return recorder.counts().stream().mapToLong(HandshakeCounts::resumed).sum();
    }

    private static String describe(ProvenHandshake handshake) {
        return handshake.protocol() + " handshake"
                + handshake.serverName().map(name -> " for " + name).orElse("");
    }
}
