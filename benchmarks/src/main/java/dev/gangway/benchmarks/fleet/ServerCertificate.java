package dev.gangway.benchmarks.fleet;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** The kinds of server certificates that are measured. */
enum ServerCertificate {
    RSA_2048("RSA-2048", "RSA", 2048, "SHA256withRSA"),
    RSA_3072("RSA-3072", "RSA", 3072, "SHA256withRSA"),
    P_256("P-256", "EC", 256, "SHA256withECDSA");

    private final String label;
    private final String algorithm;
    private final int bits;
    private final String signature;

    ServerCertificate(String label, String algorithm, int bits, String signature) {
        this.label = label;
        this.algorithm = algorithm;
        this.bits = bits;
        this.signature = signature;
    }

    String label() {
        return label;
    }

    /** The algorithm with which a key of this kind signs certificates. */
    String signature() {
        return signature;
    }

    KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else {
            generator.initialize(bits);
        }
        return generator.generateKeyPair();
    }
}
