package dev.gangway.tomcat.internal.openssl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.tomcat.util.file.ConfigFileLoader;
import org.apache.tomcat.util.net.SSLHostConfig;

/**
 * The trust anchors of a host that has {@code caCertificateFile} or {@code caCertificatePath} instead of a trust store.
 * OpenSSL then reads these files itself and calls no trust manager; this trust manager only provides the anchors for
 * the scope.
 */
final class CaCertificateFiles implements X509TrustManager {
    private final List<X509Certificate> anchors;

    private CaCertificateFiles(List<X509Certificate> anchors) {
        this.anchors = List.copyOf(anchors);
    }

    /** @throws IOException if a file cannot be read, or contains no certificates */
    static TrustManager[] of(SSLHostConfig host) throws IOException {
        List<X509Certificate> anchors = new ArrayList<>();
        if (host.getCaCertificateFile() != null) {
            try (InputStream in = ConfigFileLoader.getSource()
                    .getResource(host.getCaCertificateFile())
                    .getInputStream()) {
                anchors.addAll(read(in, host.getCaCertificateFile()));
            }
        }
        if (host.getCaCertificatePath() != null) {
            Path folder = Path.of(SSLHostConfig.adjustRelativePath(host.getCaCertificatePath()));
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
                for (Path file : files) {
                    try (InputStream in = Files.newInputStream(file)) {
                        anchors.addAll(read(in, file.toString()));
                    }
                }
            }
        }
        return new TrustManager[] {new CaCertificateFiles(anchors)};
    }

    private static List<X509Certificate> read(InputStream in, String file) throws IOException {
        try {
            return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            throw new IOException(
                    "'" + file + "' does not contain certificates that Java can read: " + e.getMessage(), e);
        }
    }

    static boolean isIn(TrustManager[] trustManagers) {
        return trustManagers != null && Stream.of(trustManagers).anyMatch(CaCertificateFiles.class::isInstance);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return anchors.toArray(X509Certificate[]::new);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("OpenSSL checks client certificates");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("OpenSSL checks certificates");
    }
}
