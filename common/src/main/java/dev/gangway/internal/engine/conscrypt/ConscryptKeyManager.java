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
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Wraps a connector's own key manager, and gives Conscrypt the private keys of the connector's certificates as Conscrypt's own
 * objects. Conscrypt parses and checks any other key again for each connection, also for a resumed one, which does not use it:
 * with RSA-2048, about a tenth of the server's CPU time in TLS 1.2.
 */
final class ConscryptKeyManager extends X509ExtendedKeyManager {
    private static final Logger LOG = System.getLogger("dev.gangway");
    private static final String ENCODED = "PKCS#8";

    private final X509ExtendedKeyManager own;
    private final Provider conscrypt;
    // By the key and not by its alias: some key managers make a new alias, or a new key object, for each connection.
    private final Map<PrivateKey, PrivateKey> parsed = Collections.synchronizedMap(new WeakHashMap<>());

    ConscryptKeyManager(X509ExtendedKeyManager own, Provider conscrypt) {
        this.own = own;
        this.conscrypt = conscrypt;
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        PrivateKey original = own.getPrivateKey(alias);
        return original == null ? null : ofConscrypt(original);
    }

    // A key of another kind, or in hardware, stays as it is: Conscrypt decides whether it can use it.
    private PrivateKey ofConscrypt(PrivateKey original) {
        try {
            PrivateKey known = parsed.get(original);
            if (known != null) {
                return known;
            }
            byte[] encoded = ENCODED.equals(original.getFormat()) ? original.getEncoded() : null;
            if (encoded == null) {
                return original;
            }
            PrivateKey converted = KeyFactory.getInstance(original.getAlgorithm(), conscrypt)
                    .generatePrivate(new PKCS8EncodedKeySpec(encoded));
            parsed.put(original, converted);
            return converted;
        } catch (GeneralSecurityException | RuntimeException e) {
            LOG.log(
                    Level.DEBUG,
                    "Conscrypt does not make a private key of its own from one of {0}: {1}",
                    original.getAlgorithm(),
                    e.getClass().getName());
            return original;
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
