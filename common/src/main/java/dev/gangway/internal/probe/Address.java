package dev.gangway.internal.probe;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a node listens.
 *
 * @param host a name, or an IP address without brackets
 */
public record Address(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)]|([^\\[\\]:/@\\s]+)):(\\d{1,5})");
    private static final Pattern IPV4 = Pattern.compile("[0-9.]+");
    private static final int HIGHEST_PORT = 65_535;

    /**
     * @param text {@code HOST:PORT} or {@code [IPV6]:PORT}
     * @throws IllegalArgumentException if it has another form
     */
    public static Address parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an address; write HOST:PORT, such as node1.example.com:8443 or [::1]:8443");
        }
        int port = Integer.parseInt(matcher.group(3));
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException(
                    "'" + text + "' has port " + port + "; ports are from 1 to " + HIGHEST_PORT);
        }
        return new Address(matcher.group(1) == null ? matcher.group(2) : matcher.group(1), port);
    }

    /** Whether the host is a name, which a client sends as server name (SNI). */
    public boolean hasName() {
        return !host.contains(":") && !IPV4.matcher(host).matches();
    }

    /** The host as in the header {@code Host}. */
    String inHeader() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    @Override
    public String toString() {
        return inHeader() + ":" + port;
    }
}
