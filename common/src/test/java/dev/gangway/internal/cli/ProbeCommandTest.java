package dev.gangway.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.testing.Certificates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeCommandTest {
    private static final Certificates.Held CLIENT = Certificates.client("probe", Certificates.authority("clients"));

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "node1| 'node1' is not an address; write HOST:PORT",
                "https://node1:8443/| is not an address; write HOST:PORT",
                "node1:0| has port 0; ports are from 1 to 65535",
                "node1:65536| ports are from 1 to 65535",
                "::1:8443| is not an address",
                "node1:1 node1:1| node node1:1 is given twice",
                "--tls 1.3| no node is given",
                "node1:1 --tls=1.1| TLS version '1.1' is unknown; there are 1.2, 1.3 and both",
                "node1:1 --connections 0| --connections '0' is not a number from 1",
                "node1:1 --connections=many| --connections 'many' is not a number from 1",
                "node1:1 --servernam=x| 'probe' has no option --servernam; it has: --servername",
                "node1:1 --servername| option --servername needs a value",
                "node1:1 --servername=a\tb| is not a server name",
                "node1:1 --json=yes| option --json has no value",
                "node1:1 --tls=1.3 --tls=1.2| option --tls is given twice",
                "node1:1 --timeout=0| --timeout '0' is not between 1ms and 1h",
                "node1:1 --connections=1| with one address, --connections is 2 or more",
                "node1:1 --key=k.pem| --key and --password-file belong to a --cert=FILE"
            })
    void run_wrongArguments_saysWhatIsWrongAndHowToWriteIt(String line, String message) {
        assertThat(run(line.split(" "))).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8)).contains(message).contains("Exit code:");
        assertThat(out.size()).isZero();
    }

    @Test
    void run_help_goesToStandardOutput() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--servername=NAME");
    }

    @Test
    void run_certificateFileMissing_namesIt() {
        assertThat(run("127.0.0.1:1", "--cert=" + folder.resolve("none.pem"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("none.pem does not exist")
                .doesNotContain("Exit code:");
    }

    @Test
    void certificate_withAFileThatCannotBeUsed_namesTheFileAndTheReason() throws Exception {
        Path certificate = Files.writeString(
                folder.resolve("cert.pem"),
                pem("CERTIFICATE", CLIENT.certificate().getEncoded()));
        Path store = Certificates.write(Certificates.keyStore(CLIENT), folder.resolve("client.p12"));
        Path none = folder.resolve("none");
        Path malformed = Files.writeString(
                folder.resolve("malformed.pem"), "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n");

        assertFails(certificate, Optional.of(none), Optional.empty(), none + " does not exist");
        assertFails(certificate, Optional.of(folder), Optional.empty(), folder + " cannot be read: ");
        assertFails(store, Optional.empty(), Optional.of(none), none + " does not exist");
        assertFails(folder, Optional.empty(), Optional.empty(), folder + " cannot be read: ");
        assertFails(
                certificate,
                Optional.of(malformed),
                Optional.empty(),
                "the private key in " + malformed + " is not valid Base64");
    }

    private static void assertFails(Path file, Optional<Path> key, Optional<Path> password, String message) {
        assertThatThrownBy(() -> ClientCertificate.load(file, key, password))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
    }

    @Test
    void serverName_notGiven_isTheFirstHostThatIsAName() {
        assertThat(parse("10.0.0.1:1", "node2.example:1", "node3.example:1").serverName())
                .contains("node2.example");
        assertThat(parse("10.0.0.1:1", "[::1]:1").serverName()).isEmpty();
        assertThat(parse("node1:1", "--servername", "www.example").serverName()).contains("www.example");
        assertThat(parse("node1:1", "--servername=").serverName()).isEmpty();
    }

    @Test
    void certificate_inEachForm_isLoaded() throws Exception {
        String key = pem("PRIVATE KEY", CLIENT.keys().getPrivate().getEncoded());
        String certificate = pem("CERTIFICATE", CLIENT.certificate().getEncoded());
        Path both = Files.writeString(folder.resolve("both.pem"), key + certificate);
        Path alone = Files.writeString(folder.resolve("cert.pem"), certificate);
        Path keyFile = Files.writeString(folder.resolve("key.pem"), key);
        Path store = Certificates.write(Certificates.keyStore(CLIENT), folder.resolve("client.p12"));
        Path password = Files.writeString(folder.resolve("password"), "changeit\n");

        assertHasKey(both, Optional.empty(), Optional.empty());
        assertHasKey(alone, Optional.of(keyFile), Optional.empty());
        assertHasKey(store, Optional.empty(), Optional.of(password));
        assertThatThrownBy(() -> ClientCertificate.load(alone, Optional.empty(), Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("--key=FILE");
        assertThatThrownBy(() -> ClientCertificate.load(store, Optional.empty(), Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("client.p12 cannot be used as a client certificate");
    }

    private static void assertHasKey(Path file, Optional<Path> key, Optional<Path> password) throws Exception {
        X509KeyManager manager =
                (X509KeyManager) ClientCertificate.load(file, key, password).get(0);
        String alias = manager.chooseClientAlias(new String[] {"EC"}, null, null);
        assertThat(manager.getPrivateKey(alias)).isEqualTo(CLIENT.keys().getPrivate());
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + type
                + "-----\n";
    }

    private static ProbeArguments parse(String... args) {
        return ProbeArguments.parse(List.of(args));
    }

    private int run(String... args) {
        return new ProbeCommand(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(List.of(args));
    }
}
