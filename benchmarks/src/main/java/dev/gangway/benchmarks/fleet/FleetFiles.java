package dev.gangway.benchmarks.fleet;

import dev.gangway.examples.certificate.ServerKeyStore;
import dev.gangway.examples.cluster.SharedKeyFile;
import dev.gangway.internal.keyfile.KeyFileWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;

/**
 * The files of all servers, in one directory: certificates as PKCS12 and PEM, and ticket keys in each server's own format.
 * The processes of the servers read them there by name.
 */
record FleetFiles(Path directory) {
    static final Duration TICKET_LIFETIME = Duration.ofHours(6);

    private static final String PASSWORD = "gangway";
    private static final int RAW_KEY = 80;
    private static final int HAPROXY_KEYS = 3;

    /** Makes all files except those of {@link #gangwayKeys}. */
    void write() throws IOException, GeneralSecurityException {
        for (ServerCertificate kind : ServerCertificate.values()) {
            Chain chain = Chain.make(Chain.HOST, kind);
            writeKeyStore(keyStore(kind).file(), chain);
            KeyFileWriter.replace(pem(kind), pem(chain));
        }
        Chain client = Chain.make("client", ServerCertificate.RSA_2048);
        writeKeyStore(clientKeyStore().file(), client);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("root", client.root());
        write(trustStore().file(), trusted);
        KeyFileWriter.replace(clientRoot(), certificate(client.root()).getBytes(StandardCharsets.US_ASCII));
        writeRawKeys();
    }

    /** The key file of Gangway nodes. */
    SharedKeyFile gangwayKeys() throws IOException {
        return SharedKeyFile.create(gangwayKeyFile(), TICKET_LIFETIME);
    }

    Path gangwayKeyFile() {
        return directory.resolve("ticket.keys");
    }

    ServerKeyStore keyStore(ServerCertificate kind) {
        return new ServerKeyStore(directory.resolve(kind.name() + ".p12"), PASSWORD);
    }

    ServerKeyStore clientKeyStore() {
        return new ServerKeyStore(directory.resolve("client.p12"), PASSWORD);
    }

    /** The authorities of clients. */
    ServerKeyStore trustStore() {
        return new ServerKeyStore(directory.resolve("trusted.p12"), PASSWORD);
    }

    /** Chain and private key. */
    Path pem(ServerCertificate kind) {
        return directory.resolve(kind.name() + ".pem");
    }

    Path clientRoot() {
        return directory.resolve("client-root.pem");
    }

    Path nginxKey() {
        return directory.resolve("nginx.key");
    }

    Path haproxyKeys() {
        return directory.resolve("haproxy.keys");
    }

    private void writeRawKeys() throws IOException {
        SecureRandom random = new SecureRandom();
        byte[] key = new byte[RAW_KEY];
        random.nextBytes(key);
        KeyFileWriter.replace(nginxKey(), key);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < HAPROXY_KEYS; i++) {
            random.nextBytes(key);
            lines.append(Base64.getEncoder().encodeToString(key)).append('\n');
        }
        KeyFileWriter.replace(haproxyKeys(), lines.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static void writeKeyStore(Path file, Chain chain) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("key", chain.key(), PASSWORD.toCharArray(), chain.sent());
        write(file, store);
    }

    private static void write(Path file, KeyStore store) throws IOException, GeneralSecurityException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, PASSWORD.toCharArray());
        KeyFileWriter.replace(file, bytes.toByteArray());
    }

    private static byte[] pem(Chain chain) throws GeneralSecurityException {
        StringBuilder text = new StringBuilder();
        for (X509Certificate each : chain.sent()) {
            text.append(certificate(each));
        }
        text.append(Chain.pem("PRIVATE KEY", chain.key().getEncoded()));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String certificate(X509Certificate certificate) throws GeneralSecurityException {
        return Chain.pem("CERTIFICATE", certificate.getEncoded());
    }
}
