package dev.gangway.internal.engine;

import dev.gangway.testing.Certificates;
import java.math.BigInteger;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECParameterSpec;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * An EC key without an encoding, so that BoringSSL must call Java to sign. A test can run code just before each signature.
 */
@SuppressWarnings("serial") // Never serialized: the fields need not be.
final class SigningKey implements ECPrivateKey {
    private static Runnable before = () -> {};

    private final PrivateKey key;

    private SigningKey(PrivateKey key) {
        this.key = key;
    }

    static void beforeSigning(Runnable task) {
        before = task;
    }

    /** Key managers of a server with this certificate, whose key has no encoding. */
    static KeyManager[] keyManagers(Certificates.Held certificate) {
        return new KeyManager[] {new OneKey(certificate)};
    }

    @Override
    public BigInteger getS() {
        before.run();
        return ((ECPrivateKey) key).getS();
    }

    @Override
    public ECParameterSpec getParams() {
        return ((ECPrivateKey) key).getParams();
    }

    @Override
    public String getAlgorithm() {
        return "EC";
    }

    @Override
    public String getFormat() {
        return null;
    }

    @Override
    public byte[] getEncoded() {
        return null;
    }

    private static final class OneKey extends X509ExtendedKeyManager {
        private final X509Certificate certificate;
        private final SigningKey key;

        OneKey(Certificates.Held held) {
            certificate = held.certificate();
            key = new SigningKey(held.keys().getPrivate());
        }

        @Override
        public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
            return keyType.startsWith("EC") ? "one" : null;
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return chooseEngineServerAlias(keyType, issuers, null);
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[] {"one"};
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {certificate};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }
    }
}
