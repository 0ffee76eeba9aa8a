package dev.gangway.internal.engine.conscrypt;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Wraps a connector's own key manager, and gives Conscrypt the private keys of the connector's certificates as Conscrypt's own
 * objects. Conscrypt parses and checks any other key again for each connection, also for a resumed one, which does not use it:
 * with RSA-2048, a tenth of the server's CPU time.
 */
final class ConscryptKeyManager extends X509ExtendedKeyManager {
    private static final Logger LOG = System.getLogger("dev.gangway");
    private static final String ENCODED = "PKCS#8";

    private final X509ExtendedKeyManager own;
    private final Provider conscrypt;
    private final Map<String, Parsed> byAlias = new ConcurrentHashMap<>();

    private record Parsed(PrivateKey original, PrivateKey ofConscrypt) {
        /** Shows no part of the keys. */
        @Override
        public String toString() {
            return "Parsed[" + original.getAlgorithm() + "]";
        }
    }

    ConscryptKeyManager(X509ExtendedKeyManager own, Provider conscrypt) {
        this.own = own;
        this.conscrypt = conscrypt;
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        PrivateKey original = own.getPrivateKey(alias);
        if (original == null) {
            return null;
        }
        Parsed known = byAlias.get(alias);
        // A key manager may replace the key of a renewed certificate.
        if (known == null || known.original != original) {
            known = new Parsed(original, parse(original));
            byAlias.put(alias, known);
        }
        return known.ofConscrypt;
    }

    // A key of another kind, or in hardware, stays as it is: Conscrypt decides whether it can use it.
    private PrivateKey parse(PrivateKey original) {
        byte[] encoded = {};
        try {
            encoded = ENCODED.equals(original.getFormat()) ? original.getEncoded() : null;
            return encoded == null
                    ? original
                    : KeyFactory.getInstance(original.getAlgorithm(), conscrypt)
                            .generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | RuntimeException e) {
            LOG.log(
                    Level.DEBUG,
                    "Conscrypt does not make a private key of its own from one of {0}: {1}",
                    original.getAlgorithm(),
                    e.getClass().getName());
            return original;
        } finally {
            if (encoded != null) {
                Arrays.fill(encoded, (byte) 0);
            }
        }
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return own.getCertificateChain(alias);
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return own.chooseEngineServerAlias(keyType, issuers, engine);
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return own.chooseServerAlias(keyType, issuers, socket);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return own.getServerAliases(keyType, issuers);
    }

    @Override
    public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        return own.chooseEngineClientAlias(keyTypes, issuers, engine);
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return own.chooseClientAlias(keyTypes, issuers, socket);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return own.getClientAliases(keyType, issuers);
    }
}
