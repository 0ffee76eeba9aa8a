package dev.gangway.examples.certificate;

import dev.gangway.internal.keyfile.KeyFileWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A directory, accessible to its owner only, through which the nodes of one machine share a self-signed certificate. The
 * first node makes the certificate; nodes that start at the same time wait for each other.
 */
public final class StateDirectory {
    private static final Duration VALIDITY = Duration.ofDays(30);
    private static final Duration RENEWAL = Duration.ofDays(1);
    // The directory's mode protects the private key.
    private static final String PASSWORD = "gangway";

    // A file lock excludes other processes, but is an error between threads of one process.
    private static final ReentrantLock THIS_PROCESS = new ReentrantLock();

    private final Path directory;

    private StateDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes {@code directory}, mode 0700, if it does not exist.
     *
     * @throws IOException if it cannot be made
     */
    public static StateDirectory at(Path directory) throws IOException {
        Files.createDirectories(directory, ownerOnly());
        return new StateDirectory(directory);
    }

    /** The certificate of this directory; makes one if there is none, or if it expires soon. */
    public ServerKeyStore certificate() throws IOException, GeneralSecurityException {
        ServerKeyStore keyStore = new ServerKeyStore(directory.resolve("server.p12"), PASSWORD);
        THIS_PROCESS.lock();
        try (FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            if (!isUsable(keyStore)) {
                KeyFileWriter.replace(keyStore.file(), encode(SelfSignedCertificate.make(Instant.now(), VALIDITY)));
            }
            return keyStore;
        } finally {
            THIS_PROCESS.unlock();
        }
    }

    private static boolean isUsable(ServerKeyStore keyStore) throws IOException, GeneralSecurityException {
        if (!Files.exists(keyStore.file())) {
            return false;
        }
        KeyStore store = keyStore.load();
        return store.getCertificate(store.aliases().nextElement()) instanceof X509Certificate certificate
                && certificate.getNotAfter().toInstant().isAfter(Instant.now().plus(RENEWAL));
    }

    private static byte[] encode(SelfSignedCertificate made) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "server", made.privateKey(), PASSWORD.toCharArray(), new X509Certificate[] {made.certificate()});
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, PASSWORD.toCharArray());
        return bytes.toByteArray();
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}
