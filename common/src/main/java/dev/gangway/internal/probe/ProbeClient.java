package dev.gangway.internal.probe;

import dev.gangway.internal.handshake.TrustAnyServer;
import dev.gangway.internal.wire.Handshake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * One client. Its tickets are in its own {@code SSLContext}, and are released with it. It offers the newest ticket to
 * whatever node it connects to.
 */
final class ProbeClient {
    // JSSE looks for a session to resume under the host and port of the peer. All nodes have the same.
    private static final String PEER_HOST = "gangway-probe.invalid";

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})[ \r\n]");
    private static final int LONGEST_ANSWER = 64 * 1024;

    private final ClientSettings settings;
    private final TlsVersion tls;
    private final SSLContext context;

    ProbeClient(ClientSettings settings, TlsVersion tls) {
        this.settings = settings;
        this.tls = tls;
        try {
            context = SSLContext.getInstance("TLS");
            context.init(
                    settings.certificate().isEmpty()
                            ? null
                            : settings.certificate().toArray(KeyManager[]::new),
                    new TrustManager[] {new TrustAnyServer()},
                    null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no TLS", e);
        }
    }

    /** As {@link #connect}, and the lifetime of the ticket is known in TLS 1.3 too, if the JDK tells it. */
    Connection connectAndListen(Address address) throws IOException {
        try (TicketLifetimes lifetimes = TicketLifetimes.listen()) {
            return connect(address, lifetimes);
        }
    }

    /** Connects, sends a HEAD request, and reads to the end: in TLS 1.3 the tickets come after the handshake. */
    Connection connect(Address address) throws IOException {
        return connect(address, TicketLifetimes.unknown());
    }

    private Connection connect(Address address, TicketLifetimes lifetimes) throws IOException {
        InetSocketAddress socketAddress = new InetSocketAddress(address.host(), address.port());
        if (socketAddress.isUnresolved()) {
            throw new UnknownHostException(address.host());
        }
        try (RecordingSocket wire = new RecordingSocket(settings.limit())) {
            wire.open(socketAddress);
            long connected = System.nanoTime();
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(wire, PEER_HOST, wire.getPort(), true)) {
                socket.setSSLParameters(parameters(socket.getSSLParameters()));
                handshake(socket, wire);
                long handshakeNanos = System.nanoTime() - connected;
                wire.mayEnd(tls == TlsVersion.TLS_1_3);
                Optional<Integer> status = request(socket, wire, address);
                Handshake handshake = Handshake.read(wire.sent(), wire.received());
                boolean resumed = handshake
                        .resumed()
                        .orElseThrow(() -> new SSLException("the handshake on the wire is not complete"));
                Optional<Duration> lifetime = lifetimes.last();
                return Connection.of(handshake, resumed, socket.getSession(), lifetime, handshakeNanos, status);
            }
        }
    }

    private static void handshake(SSLSocket socket, RecordingSocket wire) throws IOException {
        try {
            socket.startHandshake();
        } catch (SSLException e) {
            throw RefusedVersionException.isAnswer(wire.received()) ? new RefusedVersionException(e) : e;
        }
    }

    private SSLParameters parameters(SSLParameters parameters) {
        parameters.setProtocols(new String[] {tls.protocol()});
        parameters.setServerNames(settings.serverName()
                .map(name -> List.<SNIServerName>of(new SNIHostName(name)))
                .orElse(List.of()));
        return parameters;
    }

    private Optional<Integer> request(SSLSocket socket, RecordingSocket wire, Address address) throws IOException {
        String host = settings.serverName().orElse(address.inHeader());
        String head = "HEAD / HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: gangway-probe\r\nConnection: close\r\n\r\n";
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] buffer = new byte[4096];
        try {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            for (int count = in.read(buffer); count >= 0 && answer.size() < LONGEST_ANSWER; count = in.read(buffer)) {
                answer.write(buffer, 0, count);
            }
        } catch (IOException e) {
            if (answer.size() == 0 && !isAfterHandshake(e, wire)) {
                throw e;
            }
            // A server that does not speak HTTP, keeps the connection open or resets it. The handshake is complete.
        }
        Matcher status = STATUS.matcher(answer.toString(StandardCharsets.ISO_8859_1));
        return status.lookingAt() ? Optional.of(Integer.valueOf(status.group(1))) : Optional.empty();
    }

    // In TLS 1.3 the client has finished before the server has, which may still refuse the client's certificate.
    private boolean isAfterHandshake(IOException failure, RecordingSocket wire) {
        return tls == TlsVersion.TLS_1_2
                || failure instanceof RecordingSocket.NoMoreException
                || (failure instanceof SocketException && wire.receivedMore());
    }
}
