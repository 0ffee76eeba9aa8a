package dev.gangway.tomcat;

import dev.gangway.testing.HostTrust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.junit.jupiter.api.Tag;

/** OpenSSL with authorities and server certificates from PEM files: OpenSSL itself checks client certificates. */
@Tag("openssl")
class OpenSslNativeTrustTest extends TomcatTrust {
    @Override
    protected List<String> engines() {
        return List.of("openssl");
    }

    @Override
    protected boolean countsIntermediates() {
        return true;
    }

    /** Tomcat reads revocation lists for OpenSSL only if the server's certificate is in a PEM file. */
    @Override
    TomcatNode newNode() {
        try {
            Path certificate = folder.resolve("server.pem");
            Path key = folder.resolve("server.key");
            NginxNode.pem(certificate, server);
            NginxNode.key(key, server);
            return new TomcatNode(folder).withPemHost("_default_", certificate, key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void setAnchors(SSLHostConfig host, HostTrust trust) {
        trust.anchorsAsPem().ifPresent(file -> host.setCaCertificateFile(file.toString()));
    }

    /** Tomcat's limit includes the trust anchor. */
    @Override
    void setDepth(SSLHostConfig host, int intermediates) {
        host.setCertificateVerificationDepth(intermediates + 1);
    }
}
