package dev.gangway.internal.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
        byte[] content = read(file);
        boolean isPem = new String(content, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
        if (isPem && passwordFile.isPresent()) {
            throw new IOException("--password-file is for PKCS #12 files, and " + file + " is a PEM file");
        }
        if (!isPem && key.isPresent()) {
            throw new IOException("--key is for PEM files, and " + file + " is not a PEM file; remove --key");
        }
        char[] password = passwordFile.isPresent() ? firstLine(read(passwordFile.get())) : NO_PASSWORD;
        byte[] keyContent = key.isPresent() ? read(key.get()) : content;
        try {
            KeyStore store = isPem ? ofPem(content, key(key.orElse(file), keyContent)) : ofPkcs12(content, password);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            return List.of(factory.getKeyManagers());
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException(file + " cannot be used as a client certificate: " + e.getMessage(), e);
        }
    }

    private static byte[] read(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " does not exist", e);
        } catch (AccessDeniedException e) {
            throw new IOException(file + " may not be read by this user", e);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static char[] firstLine(byte[] content) {
        return new String(content, StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("")
                .toCharArray();
    }

    private static KeyStore ofPkcs12(byte[] content, char[] password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(content), password);
        return store;
    }

    private static KeyStore ofPem(byte[] content, PrivateKey key) throws IOException, GeneralSecurityException {
        byte[] certificates = withoutKeys(content);
        Certificate[] chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(certificates))
                .toArray(Certificate[]::new);
        if (chain.length == 0) {
            throw new IOException("it contains no certificate in PEM form");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("client", key, NO_PASSWORD, chain);
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

    private static PrivateKey key(Path file, byte[] pem) throws IOException, GeneralSecurityException {
        Matcher matcher = KEY.matcher(new String(pem, StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            throw new IOException("there is no private key; name its file with --key=FILE");
        }
        if (!matcher.group(1).isEmpty()) {
            throw new IOException("the key is of type '" + matcher.group(1)
                    + "PRIVATE KEY'; convert it with: openssl pkcs8 -topk8 -nocrypt -in KEY -out NEWKEY");
        }
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(decode(file, matcher.group(2)));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                // The next algorithm may fit.
            }
        }
        throw new IOException("the type of the private key is not supported; the types are " + ALGORITHMS);
    }

    private static byte[] decode(Path file, String base64) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException("the private key in " + file + " is not valid Base64", e);
        }
    }
}
