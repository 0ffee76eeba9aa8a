package dev.gangway.internal.selftest;

import dev.gangway.internal.engine.ProvenHandshake;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Where a client reaches a connector of this process, and how it has to connect.
 *
 * @param addresses the addresses to which a client connects, in the order to try them; see {@link #reachable}
 * @param greetsAsProxy whether the connector requires a PROXY protocol header before TLS begins
 * @param applicationProtocols what the client offers by ALPN (RFC 7301), such as {@code http/1.1}
 * @param visits what to test: each protocol version of each host
 */
public record SocketTarget(
        List<SocketAddress> addresses, boolean greetsAsProxy, List<String> applicationProtocols, List<Visit> visits) {
    public SocketTarget {
        applicationProtocols = List.copyOf(applicationProtocols);
        addresses = List.copyOf(addresses);
        visits = List.copyOf(visits);
    }

    /**
     * One thing to test.
     *
     * @param handshake one that succeeded in memory
     * @param answerOnly why the test must end after the server's answer; empty if it can resume
     */
    public record Visit(ProvenHandshake handshake, Optional<String> answerOnly) {
        /**
         * @param requiresCertificate whether the connector requires a client certificate, which the test does not have
         */
        public static Visit of(ProvenHandshake handshake, boolean requiresCertificate) {
            return new Visit(
                    handshake,
                    requiresCertificate
                            ? Optional.of("a client certificate is required, which the test does not have")
                            : Optional.empty());
        }
    }

    /**
     * Where to connect to a socket that is bound to {@code bound}: one bound to all addresses is reached over loopback.
     */
    public static List<SocketAddress> reachable(SocketAddress bound) {
        if (bound instanceof InetSocketAddress inet
                && (inet.getAddress() == null || inet.getAddress().isAnyLocalAddress())) {
            SocketAddress ipv4 = new InetSocketAddress(address(127, 0, 0, 1), inet.getPort());
            SocketAddress ipv6 =
                    new InetSocketAddress(address(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), inet.getPort());
            // The operating system decides which of the two a socket bound to all addresses accepts.
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
