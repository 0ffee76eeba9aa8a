package dev.gangway.internal.probe;

import dev.gangway.internal.keys.Durations;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one node shows a client in one TLS version. An empty text means that it is not known.
 *
 * @param ticketLifetime as the server tells it, such as {@code 6h}
 * @param keyName the bytes that begin each of the node's tickets, in hexadecimal; empty if there is none
 * @param certificate the subject, and the first bytes of the SHA-256 fingerprint
 */
record NodeFacts(String ticketLifetime, String keyName, String cipherSuite, String certificate) {
    private static final int SHOWN_LENGTH = 4;
    private static final int FINGERPRINT_LENGTH = 4;
    private static final int LONGEST_SUBJECT = 48;

    static NodeFacts of(Connection connection) {
        return new NodeFacts(
                connection.ticketLifetime().map(NodeFacts::format).orElse(""),
                "",
                connection.cipherSuite(),
                connection.certificate().map(NodeFacts::describe).orElse(""));
    }

    /** @param tickets of this node */
    NodeFacts withTickets(TicketStart tickets) {
        return new NodeFacts(
                ticketLifetime, tickets.keyName().map(HexFormat.of()::formatHex).orElse(""), cipherSuite, certificate);
    }

    /** What differs between nodes, by the name that operators read. */
    Map<String, String> comparable() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("key name", shortKeyName());
        facts.put("certificate", certificate);
        facts.put("cipher suite", cipherSuite);
        facts.put("ticket lifetime", ticketLifetime);
        return facts;
    }

    String shortKeyName() {
        return keyName.substring(0, Math.min(keyName.length(), 2 * SHOWN_LENGTH));
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ticketLifetime", orNull(ticketLifetime));
        json.put("keyName", orNull(keyName));
        json.put("cipherSuite", cipherSuite);
        json.put("certificate", orNull(certificate));
        return json;
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    // After a resumption a server may tell what is left of the lifetime, so a full handshake is asked.
    private static String format(Duration lifetime) {
        return lifetime.isZero() ? "unlimited" : Durations.format(lifetime);
    }

    private static String describe(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            String subject = certificate.getSubjectX500Principal().getName().replaceAll("\\p{C}", "?");
            String shown =
                    subject.length() > LONGEST_SUBJECT ? subject.substring(0, LONGEST_SUBJECT - 1) + "…" : subject;
            return (shown + " " + HexFormat.of().formatHex(digest, 0, FINGERPRINT_LENGTH)).strip();
        } catch (GeneralSecurityException e) {
            return "";
        }
    }
}
