package dev.gangway.examples.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void certificate_twoThreadsAtOnce_isOne() throws Exception {
        Path state = folder.resolve("state");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Callable<Certificate> node = () -> load(StateDirectory.at(state).certificate());
            List<Future<Certificate>> certificates = threads.invokeAll(List.of(node, node));

            assertThat(certificates.get(0).get()).isEqualTo(certificates.get(1).get());
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void directory_whenMade_isForItsOwnerOnly() throws Exception {
        Path state = folder.resolve("state");
        ServerKeyStore keyStore = StateDirectory.at(state).certificate();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyStore.file())))
                .isEqualTo("rw-------");
    }

    @Test
    void certificate_isForLocalhostAndTheTestDomain() throws Exception {
        X509Certificate certificate = (X509Certificate)
                load(StateDirectory.at(folder.resolve("state")).certificate());

        assertThat(certificate.getSubjectAlternativeNames())
                .map(name -> (String) name.get(1))
                .containsExactlyInAnyOrder("localhost", "*.gangway.test", "127.0.0.1");
    }

    private static Certificate load(ServerKeyStore keyStore) throws Exception {
        return keyStore.load().getCertificate("server");
    }
}
