package dev.gangway.testing;

import dev.gangway.ClientAuth;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.X509TrustManager;

/**
 * The clients that a server accepts, and for how long they may resume, as a container's configuration can specify it.
 *
 * @param name for messages
 * @param anchors its trust anchors: a PKCS#12 trust store with the password of {@link Certificates}, and beside it the same as
 *     {@code .pem}; empty if it has none
 * @param revocations a file with revocation lists in PEM
 * @param intermediates the maximum number of authorities between a client's certificate and an anchor
 * @param ownManager an operator's trust manager, with a public constructor without arguments
 * @param checksResumptions whether Gangway checks client certificates on resumption
 */
public record HostTrust(
        String name,
        String scope,
        ClientAuth clientAuth,
        Optional<Path> anchors,
        Optional<Path> revocations,
        OptionalInt intermediates,
        Optional<Class<? extends X509TrustManager>> ownManager,
        String ticketLifetime,
        boolean checksResumptions) {
    /** A host that requests no client certificate. */
    public static HostTrust open() {
        return new HostTrust(
                "none",
                "",
                ClientAuth.NONE,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                "6h",
                true);
    }

    /** A host with these {@link #anchors}. */
    public static HostTrust asking(String name, ClientAuth clientAuth, Path anchors) {
        return new HostTrust(
                name,
                "",
                clientAuth,
                Optional.of(anchors),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                "6h",
                true);
    }

    public HostTrust inScope(String newName, String newScope) {
        return new HostTrust(
                newName,
                newScope,
                clientAuth,
                anchors,
                revocations,
                intermediates,
                ownManager,
                ticketLifetime,
                checksResumptions);
    }

    public HostTrust revoking(String newName, Path lists) {
        return new HostTrust(
                newName,
                scope,
                clientAuth,
                anchors,
                Optional.of(lists),
                intermediates,
                ownManager,
                ticketLifetime,
                checksResumptions);
    }

    public HostTrust withIntermediates(String newName, int most) {
        return new HostTrust(
                newName,
                scope,
                clientAuth,
                anchors,
                revocations,
                OptionalInt.of(most),
                ownManager,
                ticketLifetime,
                checksResumptions);
    }

    public HostTrust decidedBy(String newName, Class<? extends X509TrustManager> manager) {
        return new HostTrust(
                newName,
                scope,
                clientAuth,
                anchors,
                revocations,
                intermediates,
                Optional.of(manager),
                ticketLifetime,
                checksResumptions);
    }

    public HostTrust forAtMost(String lifetime) {
        return new HostTrust(
                name, scope, clientAuth, anchors, revocations, intermediates, ownManager, lifetime, checksResumptions);
    }

    public HostTrust unchecked() {
        return new HostTrust(
                name, scope, clientAuth, anchors, revocations, intermediates, ownManager, ticketLifetime, false);
    }

    /** {@link #anchors} as a file of PEM blocks. */
    public Optional<Path> anchorsAsPem() {
        return anchors.map(store -> store.resolveSibling(store.getFileName() + ".pem"));
    }
}
