package dev.gangway.internal.engine.conscrypt;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.security.KeyPairGenerator;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.Test;

class ConscryptKeyManagerTest {
    private static final Provider CONSCRYPT = Conscrypt.newProvider();

    private final Keys own = new Keys();
    private final ConscryptKeyManager manager = new ConscryptKeyManager(own, CONSCRYPT);

    @Test
    void getPrivateKey_rsaAndEc_areConscryptsOwnAndSignAlike() throws Exception {
        own.keys.put("rsa", key("RSA"));
        own.keys.put("ec", key("EC"));

        assertThat(manager.getPrivateKey("rsa"))
                .isInstanceOf(RSAPrivateKey.class)
                .satisfies(ConscryptKeyManagerTest::isOfConscrypt);
        assertThat(manager.getPrivateKey("ec"))
                .isInstanceOf(ECPrivateKey.class)
                .satisfies(ConscryptKeyManagerTest::isOfConscrypt);
        assertThat(signature(manager.getPrivateKey("rsa"), CONSCRYPT)).isEqualTo(signature(own.keys.get("rsa"), null));
    }

    @Test
    void getPrivateKey_again_isTheSameUntilTheOwnIsReplaced() throws Exception {
        own.keys.put("rsa", key("RSA"));
        PrivateKey first = manager.getPrivateKey("rsa");

        assertThat(manager.getPrivateKey("rsa")).isSameAs(first);

        own.keys.put("rsa", key("RSA"));

        assertThat(manager.getPrivateKey("rsa")).isNotSameAs(first).satisfies(ConscryptKeyManagerTest::isOfConscrypt);
        assertThat(signature(manager.getPrivateKey("rsa"), CONSCRYPT)).isEqualTo(signature(own.keys.get("rsa"), null));
    }

    @Test
    void getPrivateKey_newAliasForEachConnection_isParsedOnce() throws Exception {
        PrivateKey key = key("RSA");
        own.keys.put("1.rsa", key);
        own.keys.put("2.rsa", key);

        assertThat(manager.getPrivateKey("2.rsa")).isSameAs(manager.getPrivateKey("1.rsa"));
    }

    @Test
    void getPrivateKey_ownArrayOfTheKey_isLeftAsItIs() throws Exception {
        byte[] encoded = key("RSA").getEncoded();
        own.keys.put("rsa", new SharedArray(encoded));

        assertThat(manager.getPrivateKey("rsa")).satisfies(ConscryptKeyManagerTest::isOfConscrypt);

        assertThat(encoded).isNotEqualTo(new byte[encoded.length]);
    }

    @Test
    void getPrivateKey_withoutBytes_isTheOwn() {
        PrivateKey inHardware = new FixedKey("RSA", null);
        own.keys.put("hardware", inHardware);

        assertThat(manager.getPrivateKey("hardware")).isSameAs(inHardware);
    }

    @Test
    void getPrivateKey_unknownAlgorithmOrGarbage_isTheOwn() {
        PrivateKey unknown = new FixedKey("unknown", "PKCS#8");
        PrivateKey garbage = new FixedKey("RSA", "PKCS#8");
        own.keys.put("unknown", unknown);
        own.keys.put("garbage", garbage);

        assertThat(manager.getPrivateKey("unknown")).isSameAs(unknown);
        assertThat(manager.getPrivateKey("garbage")).isSameAs(garbage);
    }

    @Test
    void getPrivateKey_hashCodeFails_isTheOwn() throws Exception {
        PrivateKey unusual = new WithoutHashCode(key("RSA").getEncoded());
        own.keys.put("unusual", unusual);

        assertThat(manager.getPrivateKey("unusual")).isSameAs(unusual);
    }

    @Test
    void getPrivateKey_noSuchAlias_isNull() {
        assertThat(manager.getPrivateKey("other")).isNull();
    }

    @Test
    void everythingElse_anyCall_isForwarded() {
        assertThat(manager.chooseEngineServerAlias("RSA", null, null)).isEqualTo("engine server");
        assertThat(manager.chooseServerAlias("RSA", null, null)).isEqualTo("socket server");
        assertThat(manager.chooseEngineClientAlias(null, null, null)).isEqualTo("engine client");
        assertThat(manager.chooseClientAlias(null, null, null)).isEqualTo("socket client");
        assertThat(manager.getServerAliases("RSA", null)).containsExactly("servers");
        assertThat(manager.getClientAliases("RSA", null)).containsExactly("clients");
        assertThat(manager.getCertificateChain("any")).isSameAs(own.chain);
    }

    private static void isOfConscrypt(PrivateKey key) {
        assertThat(key.getClass().getName()).startsWith("org.conscrypt.");
    }

    private static PrivateKey key(String algorithm) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else {
            generator.initialize(2048);
        }
        return generator.generateKeyPair().getPrivate();
    }

    // The same for the same key: PKCS #1 signatures have no random part.
    private static byte[] signature(PrivateKey key, Provider provider) throws Exception {
        Signature signature = provider == null
                ? Signature.getInstance("SHA256withRSA")
                : Signature.getInstance("SHA256withRSA", provider);
        signature.initSign(key);
        signature.update(new byte[] {1, 2, 3});
        return signature.sign();
    }

    private record FixedKey(String algorithm, String format) implements PrivateKey {
        @Override
        public String getAlgorithm() {
            return algorithm;
        }

        @Override
        public String getFormat() {
            return format;
        }

        @Override
        public byte[] getEncoded() {
            return format == null ? null : new byte[] {1, 2, 3};
        }
    }

    /** A key that gives its own array away. */
    private static class SharedArray implements PrivateKey {
        private static final long serialVersionUID = 1L;

        private final transient byte[] encoded;

        SharedArray(byte[] encoded) {
            this.encoded = encoded;
        }

        @Override
        public String getAlgorithm() {
            return "RSA";
        }

        @Override
        public String getFormat() {
            return "PKCS#8";
        }

        @Override
        public byte[] getEncoded() {
            return encoded;
        }
    }

    private static final class WithoutHashCode extends SharedArray {
        private static final long serialVersionUID = 1L;

        WithoutHashCode(byte[] encoded) {
            super(encoded);
        }

        @Override
        public boolean equals(Object other) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int hashCode() {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Keys extends X509ExtendedKeyManager {
        private final Map<String, PrivateKey> keys = new HashMap<>();
        private final X509Certificate[] chain = {};

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return keys.get(alias);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain;
        }

        @Override
        public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
            return "engine server";
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return "socket server";
        }

        @Override
        public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
            return "engine client";
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return "socket client";
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[] {"servers"};
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {"clients"};
        }
    }
}
