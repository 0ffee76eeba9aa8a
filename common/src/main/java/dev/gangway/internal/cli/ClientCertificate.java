package dev.gangway.internal.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** A client certificate with its key, in PEM files or a PKCS #12 file. */
final class ClientCertificate {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([^-]*)-----END", Pattern.DOTALL);
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519", "Ed448");
    private static final char[] NO_PASSWORD = {};

    private ClientCertificate() {}

    /**
     * @param key a PEM file with the key; empty if the key is in {@code file}
     * @param passwordFile whose first line is the password of a PKCS #12 file; empty if it has none
     * @throws IOException if a file cannot be read or does not contain what it should
     */
    static List<KeyManager> load(Path file, Optional<Path> key, Optional<Path> passwordFile) throws IOException {
        byte[] content = Files.readAllBytes(file);
        boolean isPem = new String(content, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
        if (isPem && passwordFile.isPresent()) {
            throw new IOException("--password-file is for PKCS #12 files, and " + file + " is a PEM file");
        }
        if (!isPem && key.isPresent()) {
            throw new IOException("--key is for PEM files, and " + file + " is none");
        }
        try {
            char[] password = passwordFile.isPresent() ? firstLine(passwordFile.get()) : NO_PASSWORD;
            KeyStore store = isPem ? ofPem(file, content, key.orElse(file)) : ofPkcs12(content, password);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            return List.of(factory.getKeyManagers());
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException(file + " cannot be used as a client certificate: " + e.getMessage(), e);
        }
    }

    private static char[] firstLine(Path file) throws IOException {
        return Files.readString(file).lines().findFirst().orElse("").toCharArray();
    }

    private static KeyStore ofPkcs12(byte[] content, char[] password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(content), password);
        return store;
    }

    private static KeyStore ofPem(Path file, byte[] content, Path keyFile)
            throws IOException, GeneralSecurityException {
        byte[] certificates = withoutKeys(content);
        Certificate[] chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(certificates))
                .toArray(Certificate[]::new);
        if (chain.length == 0) {
            throw new IOException("it has no certificate");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "client", key(keyFile.equals(file) ? content : Files.readAllBytes(keyFile)), NO_PASSWORD, chain);
        return store;
    }

    private static byte[] withoutKeys(byte[] pem) {
        StringBuilder certificates = new StringBuilder();
        Matcher matcher = Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----")
                .matcher(new String(pem, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            certificates.append(matcher.group()).append('\n');
        }
        return certificates.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static PrivateKey key(byte[] pem) throws IOException, GeneralSecurityException {
        Matcher matcher = KEY.matcher(new String(pem, StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            throw new IOException("there is no private key; name its file with --key=FILE");
        }
        if (!matcher.group(1).isEmpty()) {
            throw new IOException("the key is of type '" + matcher.group(1)
                    + "PRIVATE KEY'; convert it with: openssl pkcs8 -topk8 -nocrypt -in KEY -out NEWKEY");
        }
        PKCS8EncodedKeySpec encoded =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(2)));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                // The next algorithm may fit.
            }
        }
        throw new IOException("the key is of none of the types " + ALGORITHMS);
    }
}
