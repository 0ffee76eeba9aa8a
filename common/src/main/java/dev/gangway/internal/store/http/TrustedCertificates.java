package dev.gangway.internal.store.http;

import dev.gangway.KeysetStoreException;
import java.io.ByteArrayInputStream;
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
final class TrustedCertificates {
    /** In bytes; several times the certificates of all public authorities. */
    static final int MAX_LENGTH = 1024 * 1024;

    private TrustedCertificates() {}

    /**
     * The content of {@code file}; nothing if there is none.
     *
     * @throws KeysetStoreException if it cannot be read, or is longer than {@link #MAX_LENGTH}
     */
    static byte[] read(Optional<Path> file) throws KeysetStoreException {
        if (file.isEmpty()) {
            return new byte[0];
        }
        byte[] content;
        try (InputStream in = Files.newInputStream(file.get())) {
            content = in.readNBytes(MAX_LENGTH + 1);
        } catch (IOException e) {
            throw unusable(file, e);
        }
        if (content.length > MAX_LENGTH) {
            throw new KeysetStoreException("trustedCertificates " + file.get() + " has more than " + MAX_LENGTH
                    + " bytes; give a file with only the authorities of the store");
        }
        return content;
    }

    /**
     * @param content of {@code file}
     * @throws KeysetStoreException if it cannot be used
     */
    static SSLContext context(Optional<Path> file, byte[] content) throws KeysetStoreException {
        try {
            if (file.isEmpty()) {
                return SSLContext.getDefault();
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted(file.get(), content));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(file, e);
        }
    }

    private static KeysetStoreException unusable(Optional<Path> file, Exception e) {
        return new KeysetStoreException(
                "trustedCertificates " + file.map(Path::toString).orElse("of Java") + " cannot be used: " + e, e);
    }

    private static KeyStore trusted(Path file, byte[] content)
            throws IOException, GeneralSecurityException, KeysetStoreException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate :
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content))) {
            store.setCertificateEntry("trusted" + number++, certificate);
        }
        if (store.size() == 0) {
            throw new KeysetStoreException("trustedCertificates " + file + " has no certificate in PEM form");
        }
        return store;
    }
}
