package dev.gangway.testing;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The response header in which a test's application returns the subject of the client's certificate. */
public final class ClientCertificateHeader {
    public static final String NAME = "Client-Certificate";
    private static final Pattern LINE = Pattern.compile("(?im)^" + NAME + ": (.*?)\\r?$");

    private ClientCertificateHeader() {}

    /** @param chain the chain that the application gets from the container; null or empty if there is none */
    public static Optional<String> value(X509Certificate[] chain) {
        return chain == null || chain.length == 0
                ? Optional.empty()
                : Optional.of(chain[0].getSubjectX500Principal().getName());
    }

    static String in(String response) {
        Matcher line = LINE.matcher(response);
        return line.find() ? line.group(1) : "";
    }
}
