package dev.gangway.acceptance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code openssl s_client}, one connection and one GET at a time. */
public final class OpenSslClient {
    private static final Pattern VERDICT = Pattern.compile("(?m)^(New|Reused), TLSv1\\.[23]");

    private OpenSslClient() {}

    /**
     * Connects to 127.0.0.1 and returns whether the session was resumed.
     *
     * @param tls {@code tls1_2} or {@code tls1_3}
     * @param option {@code -sess_out} to write the session to {@code session}, {@code -sess_in} to use that session
     * @return {@code New} or {@code Reused}
     */
    public static String connect(
            int port, String host, String tls, String option, Path session, String... moreArguments) throws Exception {
        String output = output(port, host, tls, option, session, moreArguments);
        Matcher verdict = VERDICT.matcher(output);
        assertThat(verdict.find()).as(output).isTrue();
        assertThat(output).contains("200 ");
        if (option.equals("-sess_out")) {
            assertThat(Files.size(session)).isPositive();
        }
        return verdict.group(1);
    }

    /** Like {@link #connect}, but returns the whole output of openssl. */
    public static String output(int port, String host, String tls, String option, Path session, String... moreArguments)
            throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
        command.addAll(List.of("-" + tls, "-servername", host, "-ign_eof", option, session.toString()));
        command.addAll(List.of(moreArguments));
        return ExternalCommand.run(command, "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }
}
