package dev.gangway.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.EveryEngineAndProtocol;
import dev.gangway.testing.LongForm;
import dev.gangway.testing.OpenSslClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** One connector with many certificates, an EC and an RSA one for each name. */
@Tag("container")
class SeveralCertificatesTest {
    private static final List<String> EC = List.of("-sigalgs", "ecdsa_secp256r1_sha256");
    // Conscrypt does not choose by what the client accepts.
    private static final List<String> EITHER = List.of();
    private static final List<String> RSA = List.of("-sigalgs", "rsa_pss_rsae_sha256:rsa_pkcs1_sha256");

    @TempDir
    Path folder;

    @EveryEngineAndProtocol
    void everyNameAndKeyType_ticketOfTheOtherNode_resumesWithTheSameCertificate(String engine, String protocol)
            throws Exception {
        List<String> names = new ArrayList<>();
        List<Certificates.Held> certificates = new ArrayList<>();
        for (int i = 0; i < LongForm.tries(100, 3); i++) {
            String name = "host-" + i + ".example";
            names.add(name);
            certificates.add(Certificates.server(name));
            certificates.add(Certificates.rsaServer(name));
        }
        Path keyStore = Certificates.write(
                Certificates.keyStore(certificates.toArray(Certificates.Held[]::new)), folder.resolve("server.p12"));
        Path keys = folder.resolve("ticket.keys");
        KeyFileWriter.writeKeyset(keys, KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom()));

        try (JettyNode a = start(engine, keyStore, keys);
                JettyNode b = start(engine, keyStore, keys)) {
            for (String name : names) {
                for (List<String> keyType : engine.equals("jdk") ? List.of(EC, RSA) : List.of(EITHER)) {
                    OpenSslClient client = OpenSslClient.of(folder.resolve(name + keyType.hashCode()), protocol)
                            .with(keyType.toArray(String[]::new));

                    OpenSslClient.Answer full = client.visit(a.port(), name);
                    assertThat(full.resumed()).isFalse();
                    assertThat(full.served()).as(full.output()).isTrue();
                    assertThat(full.output()).contains("CN = " + name);
                    if (!keyType.equals(EITHER)) {
                        assertThat(full.output())
                                .contains("public key is " + (keyType.equals(EC) ? "256" : "2048") + " bit");
                    }
                    OpenSslClient.Answer second = client.visit(b.port(), name);
                    assertThat(second.resumed()).as(second.output()).isTrue();
                    assertThat(second.served()).as(second.output()).isTrue();
                }
            }
        }
    }

    private static JettyNode start(String engine, Path keyStore, Path keys) throws Exception {
        GangwaySslContextFactory tls = new GangwaySslContextFactory();
        tls.setKeyStorePath(keyStore.toString());
        tls.setKeyStorePassword(new String(Certificates.PASSWORD));
        tls.setEngine(engine);
        tls.setKeys("file:" + keys);
        tls.setSniRequired(true);
        SecureRequestCustomizer customizer = new SecureRequestCustomizer();
        customizer.setSniRequired(true);
        return JettyNode.start(tls, customizer);
    }
}
