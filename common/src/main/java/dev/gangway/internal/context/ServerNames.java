package dev.gangway.internal.context;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/** The host names of a connector's certificates: names a client can send where a server name is required. */
final class ServerNames {
    private static final int DNS_NAME = 2;
    private static final int ENOUGH = 8;
    private static final List<String> KEY_TYPES = List.of("RSA", "EC", "RSASSA-PSS", "EdDSA", "DSA");

    private ServerNames() {}

    static List<String> of(KeyManager[] keyManagers) {
        Set<String> names = new LinkedHashSet<>();
        Stream.of(keyManagers == null ? new KeyManager[0] : keyManagers)
                .filter(X509KeyManager.class::isInstance)
                .map(X509KeyManager.class::cast)
                .flatMap(ServerNames::certificates)
                .flatMap(ServerNames::dnsNames)
                .limit(ENOUGH)
                .forEach(names::add);
        return List.copyOf(names);
    }

    private static Stream<X509Certificate> certificates(X509KeyManager manager) {
        return KEY_TYPES.stream()
                .map(type -> manager.getServerAliases(type, null))
                .filter(aliases -> aliases != null)
                .flatMap(Arrays::stream)
                .map(manager::getCertificateChain)
                .filter(chain -> chain != null && chain.length > 0)
                .map(chain -> chain[0]);
    }

    private static Stream<String> dnsNames(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? Stream.empty()
                    : names.stream()
                            .filter(name -> name.get(0).equals(DNS_NAME))
                            .map(name -> ((String) name.get(1)).replace("*", "gangway-proof"));
        } catch (CertificateParsingException e) {
            return Stream.empty();
        }
    }
}
