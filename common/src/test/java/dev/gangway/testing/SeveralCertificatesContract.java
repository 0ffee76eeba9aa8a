package dev.gangway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.keyfile.KeyFileWriter;
import dev.gangway.internal.keys.KeyRotation;
import dev.gangway.testing.TicketScopesContract.RunningServer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One connector with many names, and an EC and an RSA certificate for each: every one resumes on the other node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SeveralCertificatesContract {
    // Made once, because RSA keys take long to generate.
    private static final AtomicReference<List<Named>> CERTIFICATES = new AtomicReference<>(List.of());

    @TempDir
    protected Path folder;

    /** The certificates of one name. */
    public record Named(String name, Certificates.Held ec, Certificates.Held rsa) {}

    /** What a client accepts. */
    public enum KeyType {
        EC("256", "ecdsa_secp256r1_sha256", "aECDSA"),
        RSA("2048", "rsa_pss_rsae_sha256:rsa_pkcs1_sha256", "aRSA"),
        /** For an engine that does not choose by what the client accepts. */
        EITHER("", "", "");

        private final String bits;
        private final String signatures;
        private final String ciphers;

        KeyType(String bits, String signatures, String ciphers) {
            this.bits = bits;
            this.signatures = signatures;
            this.ciphers = ciphers;
        }

        // In TLS 1.2 some servers choose by the cipher suites only.
        private OpenSslClient client(Path folder, String protocol) throws Exception {
            OpenSslClient client = OpenSslClient.of(folder, protocol);
            if (this == EITHER) {
                return client;
            }
            OpenSslClient choosing = client.with("-sigalgs", signatures);
            return protocol.equals("TLSv1.2") ? choosing.with("-cipher", ciphers) : choosing;
        }
    }

    /** The TLS engines of these tests. */
    protected abstract List<String> engines();

    /** Starts a server with the setting {@code keys}. */
    protected abstract RunningServer start(String engine, String keys, List<Named> certificates) throws Exception;

    /** The kinds of clients that get different certificates. */
    protected List<KeyType> keyTypes(@SuppressWarnings("unused") String engine) {
        return List.of(KeyType.EC, KeyType.RSA);
    }

    final Stream<Arguments> enginesAndProtocols() {
        return engines().stream()
                .flatMap(engine -> Stream.of("TLSv1.2", "TLSv1.3").map(protocol -> Arguments.of(engine, protocol)));
    }

    @ParameterizedTest
    @MethodSource("enginesAndProtocols")
    void everyNameAndKeyType_ticketOfTheOtherNode_resumes(String engine, String protocol) throws Exception {
        List<Named> certificates = CERTIFICATES.updateAndGet(made -> made.isEmpty() ? newCertificates() : made);
        Path keys = folder.resolve("ticket.keys");
        KeyFileWriter.writeKeyset(keys, KeyRotation.DEFAULT.initialKeys(Instant.now(), new SecureRandom()));

        try (RunningServer a = start(engine, "file:" + keys, certificates);
                RunningServer b = start(engine, "file:" + keys, certificates)) {
            for (Named named : certificates) {
                for (KeyType type : keyTypes(engine)) {
                    assertResumes(
                            type.client(folder.resolve(named.name + protocol + type), protocol), named, type, a, b);
                }
            }
        }
    }

    private static List<Named> newCertificates() {
        return IntStream.range(0, LongForm.tries(100, 3))
                .mapToObj(i -> "host-" + i + ".example")
                .map(name -> new Named(name, Certificates.server(name), Certificates.rsaServer(name)))
                .toList();
    }

    private static void assertResumes(OpenSslClient client, Named named, KeyType type, RunningServer a, RunningServer b)
            throws Exception {
        OpenSslClient.Answer full = client.visit(a.port(), named.name);
        assertThat(full.resumed()).isFalse();
        assertThat(full.served()).as(full.output()).isTrue();
        assertThat(full.output()).contains("CN = " + named.name);
        if (type != KeyType.EITHER) {
            assertThat(full.output()).contains("public key is " + type.bits + " bit");
        }
        OpenSslClient.Answer second = client.visit(b.port(), named.name);
        assertThat(second.resumed())
                .as("%s %s: %s", named.name, type, second.output())
                .isTrue();
        assertThat(second.served()).as(second.output()).isTrue();
    }
}
