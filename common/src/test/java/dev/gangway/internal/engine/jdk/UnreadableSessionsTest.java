package dev.gangway.internal.engine.jdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.wire.Handshake;
import dev.gangway.testing.LongNames;
import dev.gangway.testing.Nodes;
import dev.gangway.testing.TicketClient;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Server names that SunJSSE cannot read from a ticket, or cannot even write into one: names whose length does not fit into a
 * byte, and names that are no host names. Clients that send them get full handshakes, on both nodes and every time.
 */
@Tag("engine")
class UnreadableSessionsTest {
    private static final int OTHER_TYPE = 7;

    private final Nodes nodes = new Nodes("jdk");

    static Stream<Arguments> longNames() {
        return protocols()
                .flatMap(protocol -> Stream.of(1, 126, 127, 128, 200, 254, 255, 256, 300, 1000, 16_000)
                        .map(length -> Arguments.of(protocol, length)));
    }

    @ParameterizedTest
    @MethodSource("longNames")
    void serverName_ofAnyLength_isServedAndResumedWhereJavaCan(String protocol, int length) throws Exception {
        boolean canResume = LongNames.isReadBySunJsse(length);

        assertThat(conversations(protocol, List.of(new SNIHostName(LongNames.ofLength(length)))))
                .containsExactly(false, canResume, canResume);
    }

    static Stream<Arguments> oddNames() {
        return protocols()
                .flatMap(protocol -> Stream.of(
                                "",
                                ".",
                                "a.",
                                " ",
                                "a b",
                                "under_score",
                                "\u0000",
                                "-",
                                "x".repeat(64),
                                "x".repeat(128),
                                "x".repeat(256))
                        .map(name -> Arguments.of(protocol, name)));
    }

    @ParameterizedTest
    @MethodSource("oddNames")
    void nameOfAnotherType_besideAHostName_isServedByFullHandshakes(String protocol, String name) throws Exception {
        SNIServerName other = new SNIServerName(OTHER_TYPE, name.getBytes(UTF_8)) {};

        assertThat(conversations(protocol, List.of(new SNIHostName("localhost"), other)))
                .containsExactly(false, false, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void nameOfAnotherType_thatCouldBeAHostName_isResumed(String protocol) throws Exception {
        SNIServerName other = new SNIServerName(OTHER_TYPE, "other.example".getBytes(UTF_8)) {};

        assertThat(conversations(protocol, List.of(new SNIHostName("localhost"), other)))
                .containsExactly(false, true, true);
    }

    /** Not encoded by RFC 3492, unlike in browsers. Java 17 reads the name in the platform's character set. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void serverName_inUtf8_isServed(String protocol) throws Exception {
        SNIServerName name = new SNIServerName(0, "b\u00fccher.example".getBytes(UTF_8)) {};
        boolean canResume = Charset.defaultCharset().equals(UTF_8);

        assertThat(conversations(protocol, List.of(name))).containsExactly(false, canResume, canResume);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void serverNameOf300Bytes_leavesNoTicketToOffer(String protocol) throws Exception {
        SSLContext node = nodes.node().context();
        TicketClient client = TicketClient.of(protocol).withServerName(LongNames.ofLength(300));
        client.connect(node.createSSLEngine());

        Handshake second = client.connect(node.createSSLEngine());

        assertThat(second.offeredTicket().orElse(new byte[0])).isEmpty();
    }

    private List<Boolean> conversations(String protocol, List<SNIServerName> names) throws Exception {
        SSLContext a = nodes.node().context();
        SSLContext b = nodes.node().context();
        TicketClient client = TicketClient.of(protocol).withServerNames(names);
        List<Boolean> resumed = new ArrayList<>();
        for (SSLContext node : Arrays.asList(a, b, a)) {
            resumed.add(resumes(client, node));
        }
        return resumed;
    }

    private static boolean resumes(TicketClient client, SSLContext node) {
        try {
            return client.resumes(node.createSSLEngine());
        } catch (SSLException e) {
            throw new AssertionError("a handshake failed", e);
        }
    }

    private static Stream<String> protocols() {
        return Stream.of("TLSv1.2", "TLSv1.3");
    }
}
