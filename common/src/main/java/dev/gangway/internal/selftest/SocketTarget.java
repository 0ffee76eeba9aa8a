package dev.gangway.internal.selftest;

import dev.gangway.internal.engine.ProvenHandshake;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Where a client reaches a connector of this process, and how it has to come in.
 *
 * @param addresses where it listens, as a client connects to it, in the order to try them; see {@link #reachable}
 * @param greetsAsProxy whether the connector wants a header of the PROXY protocol before TLS begins
 * @param visits what to test: each protocol version of each host
 */
public record SocketTarget(List<SocketAddress> addresses, boolean greetsAsProxy, List<Visit> visits) {
    public SocketTarget {
        addresses = List.copyOf(addresses);
        visits = List.copyOf(visits);
    }

    /**
     * One thing to test.
     *
     * @param handshake one that went through in memory
     * @param answerOnly why the test cannot go further than to the server's answer; empty if it can
     */
    public record Visit(ProvenHandshake handshake, Optional<String> answerOnly) {
        /** @param demandsCertificate whether nobody is let in without a client certificate, which the test has none of */
        public static Visit of(ProvenHandshake handshake, boolean demandsCertificate) {
            return new Visit(
                    handshake,
                    demandsCertificate
                            ? Optional.of("a client certificate is demanded, which the test has none of")
                            : Optional.empty());
        }
    }

    /** Where to connect to a socket that is bound to {@code bound}: one bound to all addresses is reached over loopback. */
    public static List<SocketAddress> reachable(SocketAddress bound) {
        if (bound instanceof InetSocketAddress inet
                && (inet.getAddress() == null || inet.getAddress().isAnyLocalAddress())) {
            SocketAddress ipv4 = new InetSocketAddress(address(127, 0, 0, 1), inet.getPort());
            SocketAddress ipv6 =
                    new InetSocketAddress(address(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), inet.getPort());
            // Which of them a socket takes that is bound to all addresses is up to the system.
            return List.of(ipv4, ipv6);
        }
        return List.of(bound);
    }

    private static InetAddress address(int... bytes) {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        try {
            return InetAddress.getByAddress(raw);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are an address", e);
        }
    }
}
