package dev.gangway.testing;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an application sees of the connection of a request.
 *
 * @param chain the subjects in {@code jakarta.servlet.request.X509Certificate}, separated by slashes
 * @param sessionId {@code jakarta.servlet.request.ssl_session_id}; empty if there is none
 */
public record ApplicationView(
        String chain, String sessionId, String protocol, String cipherSuite, String keySize, String principal) {
    private static final String PREFIX = "jakarta.servlet.request.";

    /** The view as the body of a response, which {@link #of} reads. */
    public static byte[] write(Function<String, Object> attributes, String protocol, Principal principal) {
        Map<String, String> lines = new TreeMap<>();
        lines.put("chain", subjects(attributes.apply(PREFIX + "X509Certificate")));
        lines.put("sessionId", text(attributes.apply(PREFIX + "ssl_session_id")));
        lines.put("protocol", protocol);
        lines.put("cipherSuite", text(attributes.apply(PREFIX + "cipher_suite")));
        lines.put("keySize", text(attributes.apply(PREFIX + "key_size")));
        lines.put("principal", principal == null ? "" : principal.getName());
        return lines.entrySet().stream()
                .map(line -> line.getKey() + ": " + line.getValue() + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    static ApplicationView of(String body) {
        Map<String, String> lines = body.lines()
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1].strip()));
        return new ApplicationView(
                lines.get("chain"),
                lines.get("sessionId"),
                lines.get("protocol"),
                lines.get("cipherSuite"),
                lines.get("keySize"),
                lines.get("principal"));
    }

    ApplicationView withoutSessionId() {
        return new ApplicationView(chain, "", protocol, cipherSuite, keySize, principal);
    }

    private static String subjects(Object chain) {
        List<X509Certificate> certificates =
                chain == null ? Collections.emptyList() : Arrays.asList((X509Certificate[]) chain);
        return certificates.stream()
                .map(certificate -> certificate.getSubjectX500Principal().getName())
                .collect(Collectors.joining("/"));
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
