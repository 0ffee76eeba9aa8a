package dev.gangway.internal.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tickets that a ClientHello offers, and whether its session parts, which go into the next ticket, are usual. Reads
 * the client's own bytes, so it is valid only during the call of the {@link HandshakeReader}'s listener; the tickets
 * that it returns are copies.
 */
public final class OfferedTickets {
    private final Hello hello;

    OfferedTickets(Hello hello) {
        this.hello = hello;
    }

    /** The ticket of TLS 1.2 (RFC 5077 section 3.2); empty if there is none, or if it has no bytes. */
    public Optional<byte[]> sessionTicket() {
        return hello.sessionTicket().map(ByteReader::takeRest);
    }

    /**
     * The tickets of TLS 1.3, in the client's order of preference (RFC 8446 section 4.2.11).
     *
     * @throws IndexOutOfBoundsException if the extension is malformed
     */
    public List<byte[]> pskIdentities() {
        List<byte[]> identities = new ArrayList<>();
        hello.preSharedKey().ifPresent(offered -> {
            ByteReader left = offered.slice(offered.uint16());
            while (left.remaining() > 0) {
                identities.add(left.take(left.uint16()));
                left.skip(4); // obfuscated ticket age
            }
        });
        return identities;
    }

    /** Whether there is any, of either kind. */
    public boolean isAny() {
        return hello.sessionTicket().isPresent() || hello.preSharedKey().isPresent();
    }

    /** The host name that the client asks for, as it is on the wire; empty if there is none, or the list is malformed. */
    public Optional<byte[]> hostName() {
        return hello.hostName();
    }

    /**
     * Whether everything that a TLS engine may copy from this ClientHello into a session, and so into a ticket, has the
     * usual form and length: at most one server name, which is a host name of at most 127 letters, digits, hyphens and
     * dots, and at most 255 signature schemes.
     */
    public boolean hasUsualSessionParts() {
        return hello.hasUsualSessionParts();
    }
}
