package dev.gangway.internal.engine.jdk;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Finds security providers that this JVM prefers to the JDK's own for what SunJSSE does with tickets. */
final class ProvidersInUse {
    private static final Set<String> OF_THE_JDK = Set.of("SunJCE", "SUN", "SunEC", "SunRsaSign", "SunJSSE");
    private static final int KEY_LENGTH = 32;

    private ProvidersInUse() {}

    /** One sentence that names them and what they do; empty if there are none. */
    static Optional<String> notOfTheJdk() {
        Map<String, List<String>> foreign = new LinkedHashMap<>();
        add(foreign, "AES/GCM/NoPadding", () -> {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[KEY_LENGTH], "AES"));
            return cipher.getProvider();
        });
        add(foreign, "HmacSHA256", () -> {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(new byte[KEY_LENGTH], "HmacSHA256"));
            return mac.getProvider();
        });
        add(
                foreign,
                "TLS master secrets",
                () -> KeyGenerator.getInstance("SunTls12MasterSecret").getProvider());
        return foreign.isEmpty()
                ? Optional.empty()
                : Optional.of("This JVM prefers "
                        + foreign.entrySet().stream()
                                .map(entry -> "the security provider " + entry.getKey() + " for "
                                        + String.join(", ", entry.getValue()))
                                .collect(Collectors.joining(" and "))
                        + " to the JDK's own. With some providers, Java before 25.0.5 cannot open its own tickets"
                        + " (JDK-8368514). If this is the cause, put the named provider after SunJCE in the list"
                        + " security.provider.N of $JAVA_HOME/conf/security/java.security, update Java, or use engine"
                        + " 'conscrypt'");
    }

    private static void add(Map<String, List<String>> foreign, String use, Choice choice) {
        String name;
        try {
            name = choice.provider().getName();
        } catch (GeneralSecurityException | RuntimeException e) {
            // A provider that fails here is not known by its name.
            return;
        }
        if (!OF_THE_JDK.contains(name)) {
            foreign.computeIfAbsent(name, unused -> new ArrayList<>()).add(use);
        }
    }

    private interface Choice {
        Provider provider() throws GeneralSecurityException;
    }
}
