package dev.gangway.benchmarks.fleet;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate, that of the authority that issued it, and the root that issued the authority's. Servers and clients send the
 * first two, as they do with public authorities.
 */
record Chain(PrivateKey key, X509Certificate leaf, X509Certificate issuer, X509Certificate root) {
    /** The name that clients send, and that the servers' certificates are for. */
    static final String HOST = "bench.gangway.test";

    private static final Duration VALIDITY = Duration.ofDays(30);

    static Chain make(String subject, ServerCertificate kind) throws GeneralSecurityException, IOException {
        KeyPair root = kind.newKeys();
        KeyPair issuer = kind.newKeys();
        KeyPair leaf = kind.newKeys();
        X500Name rootName = new X500Name("CN=Root of " + subject);
        X500Name issuerName = new X500Name("CN=Issuer of " + subject);
        return new Chain(
                leaf.getPrivate(),
                sign(new X500Name("CN=" + subject), leaf, issuerName, issuer.getPrivate(), kind, false),
                sign(issuerName, issuer, rootName, root.getPrivate(), kind, true),
                sign(rootName, root, rootName, root.getPrivate(), kind, true));
    }

    X509Certificate[] sent() {
        return new X509Certificate[] {leaf, issuer};
    }

    private static X509Certificate sign(
            X500Name subject, KeyPair keys, X500Name by, PrivateKey with, ServerCertificate kind, boolean authority)
            throws GeneralSecurityException, IOException {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                by,
                new BigInteger(64, new SecureRandom()),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(VALIDITY)),
                subject,
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (!authority) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, HOST)));
        }
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(kind.signature()).build(with)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("the certificate cannot be signed", e);
        }
    }

    static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + type + "-----\n";
    }

    @Override
    public String toString() {
        return "Chain[" + leaf.getSubjectX500Principal() + "]";
    }
}
