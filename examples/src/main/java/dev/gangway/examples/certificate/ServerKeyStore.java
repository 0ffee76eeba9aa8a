package dev.gangway.examples.certificate;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** A key store file with one server certificate, and the password that opens it. */
public record ServerKeyStore(Path file, String password) {
    /** @throws IOException if the file cannot be read with the password */
    public KeyStore load() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(file.toFile(), password.toCharArray());
    }

    @Override
    public String toString() {
        return "ServerKeyStore[" + file + "]";
    }
}
