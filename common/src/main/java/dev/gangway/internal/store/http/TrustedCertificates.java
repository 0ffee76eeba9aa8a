package dev.gangway.internal.store.http;

import dev.gangway.KeysetStoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom the client trusts: the certificates in a PEM file, or those that the Java platform trusts. */
public final class TrustedCertificates {
    private TrustedCertificates() {}

    /** @throws KeysetStoreException if the file cannot be used */
    public static SSLContext context(Optional<Path> file) throws KeysetStoreException {
        try {
            if (file.isEmpty()) {
                return SSLContext.getDefault();
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted(file.get()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new KeysetStoreException(
                    "trustedCertificates " + file.map(Path::toString).orElse("of Java") + " cannot be used: " + e, e);
        }
    }

    private static KeyStore trusted(Path file) throws IOException, GeneralSecurityException, KeysetStoreException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("trusted" + number++, certificate);
            }
        }
        if (store.size() == 0) {
            throw new KeysetStoreException("trustedCertificates " + file + " has no certificate in PEM form");
        }
        return store;
    }
}
