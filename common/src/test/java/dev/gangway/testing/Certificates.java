package dev.gangway.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates for tests, and JSSE managers with them. */
public final class Certificates {
    public static final char[] PASSWORD = "changeit".toCharArray();

    private static final ASN1ObjectIdentifier FILLER = new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.1");
    private static final int USUAL_LENGTH = 350;

    private Certificates() {}

    /**
     * A key pair and its certificate.
     *
     * @param issuer the issuer of the certificate; empty if it is self-signed
     */
    public record Held(KeyPair keys, X509Certificate certificate, Optional<Held> issuer) {
        /** The chain that a peer receives: this certificate and those of its issuers, without the self-signed one. */
        X509Certificate[] chain() {
            List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
            Optional<Held> next = issuer;
            while (next.isPresent() && next.get().issuer.isPresent()) {
                chain.add(next.get().certificate);
                next = next.get().issuer;
            }
            return chain.toArray(X509Certificate[]::new);
        }
    }

    /** A self-signed EC server certificate for {@code hosts}. */
    public static Held server(String... hosts) {
        return make("EC", "CN=" + hosts[0], null, false, hosts);
    }

    /** A self-signed RSA server certificate for {@code hosts}. */
    public static Held rsaServer(String... hosts) {
        return make("RSA", "CN=" + hosts[0], null, false, hosts);
    }

    public static Held authority(String name) {
        return make("EC", "CN=" + name, null, true);
    }

    /** An intermediate authority. */
    public static Held intermediate(String name, Held issuer) {
        return make("EC", "CN=" + name, issuer, true);
    }

    public static Held client(String name, Held issuer) {
        return make("EC", "CN=" + name, issuer, false);
    }

    /** A client whose certificate expires at {@code end}. */
    public static Held client(String name, Held issuer, Instant end) {
        return make("EC", "CN=" + name, issuer, false, end);
    }

    /** A client with a chain of three certificates that together have about {@code bytes}, which cannot be compressed. */
    public static Held clientWithLargeChain(String name, Held issuer, int bytes) {
        int each = bytes / 3;
        Held first = make(newKeys("EC", 256), "CN=" + name + " 1", issuer, true, inAMonth(), each);
        Held second = make(newKeys("EC", 256), "CN=" + name + " 2", first, true, inAMonth(), each);
        return make(newKeys("EC", 256), "CN=" + name, second, false, inAMonth(), each);
    }

    /** A client with a chain of {@code length} certificates with keys of RSA-4096, of which there is only one. */
    public static Held clientWithRsa4096Chain(String name, Held issuer, int length) {
        KeyPair keys = newKeys("RSA", 4096);
        Held last = issuer;
        for (int i = 1; i < length; i++) {
            last = make(keys, "CN=" + name + " " + i, last, true, inAMonth(), 0);
        }
        return make(keys, "CN=" + name, last, false, inAMonth(), 0);
    }

    public static KeyStore keyStore(Held... entries) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            for (int i = 0; i < entries.length; i++) {
                store.setKeyEntry("entry" + i, entries[i].keys().getPrivate(), PASSWORD, entries[i].chain());
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    public static KeyStore trustStore(Held... anchors) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            for (int i = 0; i < anchors.length; i++) {
                store.setCertificateEntry("anchor" + i, anchors[i].certificate());
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    public static Path write(KeyStore store, Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD);
            return file;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    public static KeyManager[] keyManagers(Held... entries) {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
            factory.init(keyStore(entries), PASSWORD);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static TrustManager[] trustManagers(Held... anchors) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(trustStore(anchors));
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Held make(String algorithm, String subject, Held issuer, boolean isAuthority, String... hosts) {
        return make(algorithm, subject, issuer, isAuthority, inAMonth(), hosts);
    }

    private static Held make(
            String algorithm, String subject, Held issuer, boolean isAuthority, Instant end, String... hosts) {
        KeyPair keys = newKeys(algorithm, algorithm.equals("EC") ? 256 : 2048);
        return make(keys, subject, issuer, isAuthority, end, 0, hosts);
    }

    private static Instant inAMonth() {
        return Instant.now().plus(Duration.ofDays(30));
    }

    private static KeyPair newKeys(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** @param length about how long the certificate is to be, in bytes; 0 for no more than necessary */
    private static Held make(
            KeyPair keys, String subject, Held issuer, boolean isAuthority, Instant end, int length, String... hosts) {
        try {
            X500Name name = new X500Name(subject);
            Instant now = Instant.now();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer == null
                            ? name
                            : new X500Name(issuer.certificate()
                                    .getSubjectX500Principal()
                                    .getName()),
                    new BigInteger(64, new SecureRandom()),
                    Date.from(now.minus(Duration.ofDays(1))),
                    Date.from(end),
                    name,
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            if (hosts.length > 0) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(Arrays.stream(hosts)
                                .map(host -> new GeneralName(
                                        host.matches("[\\d.]+") ? GeneralName.iPAddress : GeneralName.dNSName, host))
                                .toArray(GeneralName[]::new)));
            }
            if (length > USUAL_LENGTH) {
                byte[] filler = new byte[length - USUAL_LENGTH];
                new SecureRandom().nextBytes(filler);
                builder.addExtension(FILLER, false, new DEROctetString(filler));
            }
            PrivateKey signer =
                    issuer == null ? keys.getPrivate() : issuer.keys().getPrivate();
            String signature = signer.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            return new Held(
                    keys,
                    new JcaX509CertificateConverter()
                            .getCertificate(builder.build(new JcaContentSignerBuilder(signature).build(signer))),
                    Optional.ofNullable(issuer));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new AssertionError(e);
        }
    }
}
