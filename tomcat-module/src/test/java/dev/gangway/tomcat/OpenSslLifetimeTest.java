package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.outcome.HandshakeWatch;
import dev.gangway.outcome.Outcome;
import dev.gangway.outcome.SeenHandshake;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.TicketClient;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long tickets and contexts of engine {@code openssl} live. */
@Tag("openssl")
class OpenSslLifetimeTest {
    private static final Certificates.Held CERTIFICATE = Certificates.server("localhost", "127.0.0.1");
    private static final int LIFETIME = 3600;
    private static final int NAME_AND_IV = 32;
    private static final int MAC = 32;

    @TempDir
    Path folder;

    private final byte[] key = new byte[80];
    private Path keyFile;
    private Path keyStore;

    @BeforeEach
    void writeFiles() throws Exception {
        new SecureRandom().nextBytes(key);
        keyFile = folder.resolve("ticket.key");
        Files.createFile(keyFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(keyFile, key);
        keyStore = Certificates.write(Certificates.keyStore(CERTIFICATE), folder.resolve("keystore.p12"));
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2,-1,true",
        "TLSv1.2,0,true",
        "TLSv1.2,1,false",
        "TLSv1.3,-1,true",
        "TLSv1.3,0,true",
        "TLSv1.3,1,false"
    })
    void ticket_aroundItsEnd_isTakenForTheWholeLifetimeAndNoSecondMore(String protocol, int seconds, boolean resumes)
            throws Exception {
        try (TomcatNode node = node("?verbatim", "1h").start()) {
            boolean resumed;
            long before;
            long after;
            SSLEngine server;
            do {
                TicketClient client = TicketClient.of(protocol);
                client.connect(engineOf(node));
                before = Instant.now().getEpochSecond();
                int sealedAt = (int) (before - LIFETIME - seconds);
                client.changeTickets(ticket -> setTime(ticket, sealedAt));
                server = engineOf(node);
                resumed = client.resumes(server);
                after = Instant.now().getEpochSecond();
                // OpenSSL counts whole seconds of the real clock: once more if one passed meanwhile.
            } while (before != after);
            assertThat(resumed).isEqualTo(resumes);
            // OpenSSL's tickets tell nothing of their age to one who does not open them; its sessions do in TLS 1.2.
            SeenHandshake seen = HandshakeWatch.of(server).orElseThrow();
            assertThat(seen.outcome()).isEqualTo(resumes ? Outcome.RESUMED_ACTIVE_KEY : Outcome.FULL_TICKET_REFUSED);
            assertThat(seen.ticketAge().map(Duration::toSeconds))
                    .isEqualTo(
                            resumes && protocol.equals("TLSv1.2")
                                    ? Optional.of((long) LIFETIME + seconds)
                                    : Optional.empty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void opensslClient_seesTheLifetimeAsHint(String protocol) throws Exception {
        try (TomcatNode node = node("", "1h").start()) {
            ForkedTests.Result result = ForkedTests.run(List.of(
                    "sh",
                    "-c",
                    "printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n'"
                            + " | openssl s_client -ign_eof " + protocol + " -connect 127.0.0.1:" + node.port()));
            assertThat(result.output()).contains("TLS session ticket lifetime hint: " + LIFETIME + " (seconds)");
        }
    }

    @Test
    void contexts_manyReloads_leaveNothingBehindAndReusedAddressesAreSafe() throws Exception {
        Set<Long> addresses = new HashSet<>();
        int reloads = 60;
        try (TomcatNode a = node("", "1h").start();
                TomcatNode blue = scoped("blue").start()) {
            for (int i = 0; i < reloads; i++) {
                a.protocol().reloadSslHostConfigs();
                blue.protocol().reloadSslHostConfigs();
                addresses.add(a.host("_default_").getOpenSslContext());
                addresses.add(blue.host("_default_").getOpenSslContext());
                if (i % 10 == 0) {
                    System.gc();
                    HttpsClient client = HttpsClient.of("TLSv1.3");
                    client.get(a.port());
                    assertThat(client.get(blue.port()).resumed()).isFalse();
                    assertThat(client.get(blue.port()).resumed()).isTrue();
                }
            }
            assertThat(addresses).as("addresses must have been used again").hasSizeLessThan(2 * reloads);
            for (int i = 0; i < 100 && contexts() > 2; i++) {
                System.gc();
                a.protocol().reloadSslHostConfigs();
            }
            // Each reload makes two: one that stays, and its twin for the proof.
            assertThat(contexts()).isLessThan(10);
        }
    }

    private static int contexts() throws ReflectiveOperationException {
        Method contexts =
                Class.forName("dev.gangway.tomcat.openssl.TicketKeyCallback").getDeclaredMethod("contexts");
        contexts.setAccessible(true);
        return (int) contexts.invoke(null);
    }

    /** Opens the ticket, sets the second of sealing, and seals it again, as only one who has the key can. */
    private void setTime(byte[] ticket, int seconds) {
        try {
            IvParameterSpec iv = new IvParameterSpec(ticket, 16, 16);
            SecretKeySpec cipherKey = new SecretKeySpec(key, 48, 32, "AES");
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, cipherKey, iv);
            byte[] session = cipher.doFinal(ticket, NAME_AND_IV, ticket.length - NAME_AND_IV - MAC);
            ByteBuffer.wrap(session).putInt(timeIn(session), seconds);
            cipher.init(Cipher.ENCRYPT_MODE, cipherKey, iv);
            byte[] sealed = cipher.doFinal(session);
            System.arraycopy(sealed, 0, ticket, NAME_AND_IV, sealed.length);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, 16, 32, "HmacSHA256"));
            mac.update(ticket, 0, ticket.length - MAC);
            mac.doFinal(ticket, ticket.length - MAC);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("the ticket is not sealed with the raw key", e);
        }
    }

    /** In OpenSSL's ASN.1: [1] INTEGER time, in front of [2] INTEGER timeout. */
    private static int timeIn(byte[] session) {
        byte[] timeout = {(byte) 0xa2, 4, 2, 2, (byte) (LIFETIME >> 8), (byte) LIFETIME};
        byte[] time = {(byte) 0xa1, 6, 2, 4};
        for (int i = 8; i + timeout.length <= session.length; i++) {
            if (Arrays.equals(session, i, i + timeout.length, timeout, 0, timeout.length)
                    && Arrays.equals(session, i - 8, i - 4, time, 0, time.length)) {
                return i - 4;
            }
        }
        throw new AssertionError("the session does not hold its time and a timeout of " + LIFETIME + " s");
    }

    private static SSLEngine engineOf(TomcatNode node) {
        return node.host("_default_")
                .getCertificates()
                .iterator()
                .next()
                .getSslContext()
                .createSSLEngine();
    }

    private TomcatNode scoped(String scope) {
        GangwayListener listener = listener("", "1h");
        listener.setScope(scope);
        return new TomcatNode(folder).withHost("_default_", keyStore).with(listener);
    }

    private TomcatNode node(String options, String lifetime) {
        return new TomcatNode(folder).withHost("_default_", keyStore).with(listener(options, lifetime));
    }

    private GangwayListener listener(String options, String lifetime) {
        GangwayListener listener = new GangwayListener();
        listener.setKeys("file:" + keyFile + options);
        listener.setTicketLifetime(lifetime);
        listener.setEngine("openssl");
        return listener;
    }
}
