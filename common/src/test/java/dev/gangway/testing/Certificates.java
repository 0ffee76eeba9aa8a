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
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
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

    /** A client with a chain of three RSA certificates that together have about {@code bytes}, because of their names. */
    public static Held clientWithLargeChain(String name, Held issuer, int bytes) {
        Held first = make("RSA", "CN=" + name + " 1", issuer, true, names(bytes / 3));
        Held second = make("RSA", "CN=" + name + " 2", first, true, names(bytes / 3));
        return make("RSA", "CN=" + name, second, false, names(bytes / 3));
    }

    // A kilobyte is for the rest of the certificate.
    private static String[] names(int bytes) {
        return IntStream.range(0, (bytes - 1_000) / 32)
                .mapToObj(i -> String.format(Locale.ROOT, "host-%06d.department.example", i))
                .toArray(String[]::new);
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
        return make(algorithm, subject, issuer, isAuthority, Instant.now().plus(Duration.ofDays(30)), hosts);
    }

    private static Held make(
            String algorithm, String subject, Held issuer, boolean isAuthority, Instant end, String... hosts) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(algorithm.equals("EC") ? 256 : 2048);
            KeyPair keys = generator.generateKeyPair();
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
