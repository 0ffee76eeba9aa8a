package dev.gangway.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code openssl s_client} with one session in a file. Unlike the JDK's client, which always sends the server name of the
 * session, it can offer a ticket with any server name.
 */
public final class OpenSslClient {
    private static final Pattern VERDICT = Pattern.compile("(?m)^(New|Reused), TLSv1\\.[23]");
    // Not only at the start of a line: openssl prints a ticket between parts of the response.
    private static final Pattern NEW_TICKET = Pattern.compile("<<< .*NewSessionTicket");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

    private final Path folder;
    private final Path session;
    private final List<String> options;
    private final int padding;

    private OpenSslClient(Path folder, List<String> options, int padding) {
        this.folder = folder;
        this.session = folder.resolve("session.pem");
        this.options = options;
        this.padding = padding;
    }

    /** @param folder for the client's files; one client for each folder */
    public static OpenSslClient of(Path folder, String protocol) throws IOException {
        Files.createDirectories(folder);
        return new OpenSslClient(
                folder, List.of("-" + protocol.replace("TLSv", "tls").replace('.', '_')), 0);
    }

    /** The same client, with the same session and a client certificate. */
    public OpenSslClient withCertificate(Certificates.Held certificate) throws IOException {
        Path pem = folder.resolve("client.pem");
        try {
            Files.writeString(
                    pem,
                    pem("PRIVATE KEY", certificate.keys().getPrivate().getEncoded())
                            + pem("CERTIFICATE", certificate.certificate().getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
        return with("-cert", pem.toString(), "-key", pem.toString());
    }

    /** The same client, with the same session, whose answers have {@link Answer#hasNewTicket}. */
    public OpenSslClient tellingMessages() {
        return with("-msg");
    }

    /** The same client, with the same session and more options of {@code s_client}. */
    public OpenSslClient with(String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new OpenSslClient(folder, all, padding);
    }

    /** The same client, with the same session, whose requests are longer by this many bytes. */
    public OpenSslClient withLongerRequests(int bytes) {
        return new OpenSslClient(folder, options, bytes);
    }

    /** The result of one connection: the output of {@code openssl}, including the server's response. */
    public record Answer(String output) {
        public boolean resumed() {
            Matcher verdict = VERDICT.matcher(output);
            if (!verdict.find()) {
                throw new AssertionError("no handshake:\n" + output);
            }
            return verdict.group(1).equals("Reused");
        }

        /** Whether the server issued a new ticket, if the client prints messages. */
        public boolean hasNewTicket() {
            return NEW_TICKET.matcher(output).find();
        }

        /** Whether the server answered the request with {@code 200}. */
        public boolean served() {
            Matcher status = STATUS.matcher(output);
            return status.find() && status.group(1).equals("200");
        }

        /** The subject of the client's certificate as the application sees it; empty if it sees none. */
        public String clientCertificate() {
            return ClientCertificateHeader.in(output);
        }
    }

    /** Connects without a ticket, and stores the new session. With an empty name, it sends no server name. */
    public Answer begin(int port, String serverName) throws IOException, InterruptedException {
        Answer answer = connect(port, serverName, "-sess_out");
        if (!Files.exists(session)) {
            throw new AssertionError("no session:\n" + answer.output());
        }
        return answer;
    }

    /**
     * Connects with the stored session's ticket. If there is none, it connects without a ticket, and stores the new session,
     * if there is one.
     */
    public Answer visit(int port, String serverName) throws IOException, InterruptedException {
        return connect(port, serverName, Files.exists(session) ? "-sess_in" : "-sess_out");
    }

    /** Connects without a ticket, and stores the new session, if there is one. */
    public Answer connect(int port) throws IOException, InterruptedException {
        return connect(port, "", "-sess_out");
    }

    /** Asserts that a connection fails. */
    public void fail(int port) throws IOException, InterruptedException {
        Answer answer = connect(port, "", "-sess_out");
        if (answer.served()) {
            throw new AssertionError("no failure:\n" + answer.output());
        }
    }

    /** Connects with the stored session's ticket, which stays stored. With an empty name, it sends no server name. */
    public Answer resume(int port, String serverName) throws IOException, InterruptedException {
        return connect(port, serverName, "-sess_in");
    }

    private Answer connect(int port, String serverName, String sessionOption) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
        command.addAll(options);
        command.addAll(serverName.isEmpty() ? List.of("-noservername") : List.of("-servername", serverName));
        command.addAll(List.of("-ign_eof", sessionOption, session.toString()));
        String host = serverName.isEmpty() ? "localhost" : serverName;
        String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nX-Padding: " + "x".repeat(padding)
                + "\r\nConnection: close\r\n\r\n";
        return new Answer(ChildProcess.run(command, request).output());
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + type + "-----\n";
    }
}
