package dev.gangway.internal.keys;

import dev.gangway.ClientAuth;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A trust domain. A ticket that was sealed in one scope is never opened in another, whatever keys the two share.
 *
 * <p>Engines do not check a client's certificate against the trust store again when they open a ticket. So a ticket
 * from a connector that asks for no certificate, or trusts other clients, must not be opened on a connector that asks
 * for one. The default scope is therefore a digest of the client-auth mode, the trust anchors and the settings that
 * affect trust; if the operator sets a name, it is part of the digest.
 */
public final class Scope {
    private static final int SHOWN = 8;

    private final String value;
    private final String label;

    private Scope(String value, String label) {
        this.value = value;
        this.label = label;
    }

    /**
     * @param name the operator's name for the domain; empty for the default scope
     * @param anchors the trust anchors for client certificates, in any order
     */
    public static Scope of(String name, ClientAuth clientAuth, Collection<X509Certificate> anchors) {
        return of(name, "", clientAuth, anchors);
    }

    /**
     * As {@link #of(String, ClientAuth, Collection)}.
     *
     * @param distinction other settings that affect trust, such as revocation; empty if there are none
     */
    public static Scope of(
            String name, String distinction, ClientAuth clientAuth, Collection<X509Certificate> anchors) {
        String value = "name=" + name + distinction + ";client-auth=" + clientAuth;
        return clientAuth == ClientAuth.NONE
                ? new Scope("name=" + name + ";client-auth=" + clientAuth, label(name, clientAuth))
                : distinguished(value + ";anchors=" + digest(anchors), label(name, clientAuth));
    }

    // The operator chooses the name, and the label becomes part of metrics unchanged.
    private static String label(String name, ClientAuth clientAuth) {
        return (name.isEmpty() ? "" : name + "/")
                + clientAuth.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * A short form for people, metrics and logs: the operator's name, if there is one, the client-auth mode, and eight
     * digits of a digest if trust anchors are part of the scope; such as {@code none}, {@code required-1a2b3c4d}, or
     * {@code partners/optional-1a2b3c4d}.
     */
    public String label() {
        return label;
    }

    String value() {
        return value;
    }

    private static Scope distinguished(String value, String label) {
        String digest = sha256(value.getBytes(StandardCharsets.UTF_8)).substring(0, SHOWN);
        return new Scope(value, label + "-" + digest);
    }

    private static String digest(Collection<X509Certificate> anchors) {
        List<String> each =
                anchors.stream().map(Scope::digest).sorted().distinct().toList();
        return sha256(String.join(",", each).getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(X509Certificate anchor) {
        try {
            return sha256(anchor.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException(
                    "a trust anchor cannot be encoded: " + anchor.getSubjectX500Principal(), e);
        }
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.of(bytes));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scope scope && value.equals(scope.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
