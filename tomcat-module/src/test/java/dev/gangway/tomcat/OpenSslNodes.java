package dev.gangway.tomcat;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.testing.Certificates;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Nodes of engine {@code openssl} with one key file and one certificate. */
abstract class OpenSslNodes {
    static final String DEFAULT_HOST = "_default_";
    static final SecureRandom RANDOM = new SecureRandom();

    private static final Certificates.Held CERTIFICATE = Certificates.server("localhost", "127.0.0.1");

    @TempDir
    Path folder;

    Path keys;
    Path keyStore;

    @BeforeEach
    void writeFiles() throws Exception {
        keys = folder.resolve("ticket.keys");
        KeyFileWriter.writeKeyset(keys, KeyRotation.DEFAULT.initialKeys(Instant.now(), RANDOM));
        keyStore = Certificates.write(Certificates.keyStore(CERTIFICATE), folder.resolve("keystore.p12"));
    }

    static SSLEngine openSslEngineOf(TomcatNode node) {
        return node.host(DEFAULT_HOST)
                .getCertificates()
                .iterator()
                .next()
                .getSslContext()
                .createSSLEngine();
    }

    TomcatNode node() {
        return new TomcatNode(folder).withHost(DEFAULT_HOST, keyStore);
    }

    GangwayListener listener() {
        return listener(keys);
    }

    static GangwayListener listener(Path keys) {
        GangwayListener listener = new GangwayListener();
        listener.setKeys("file:" + keys);
        listener.setEngine("openssl");
        return listener;
    }
}
