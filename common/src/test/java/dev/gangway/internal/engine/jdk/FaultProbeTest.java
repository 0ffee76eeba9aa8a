package dev.gangway.internal.engine.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.LongNames;
import dev.gangway.testing.TicketClient;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults of this Java version: those of its TLS without Gangway must be those that Gangway finds. */
@Tag("engine")
class FaultProbeTest {
    private static final int COMPRESSED_AT = 20;

    @Test
    void longServerName_endsTheStockConnectionWithATicket_exactlyIfThatIsFound() throws Exception {
        TicketClient client = TicketClient.of("TLSv1.2").withServerName(LongNames.ofLength(128));
        SSLContext stock = stock();
        client.connect(server(stock));

        if (found().contains(JdkFault.LONG_SERVER_NAME)) {
            assertThatThrownBy(() -> client.connect(server(stock))).isInstanceOf(SSLException.class);
        } else {
            assertThat(client.resumes(server(stock))).isTrue();
        }
    }

    /** The long name makes Java versions with compression compress the ticket. */
    @Test
    void changedHead_endsTheStockConnection_exactlyIfThatIsFound() throws Exception {
        TicketClient client = TicketClient.of("TLSv1.2").withServerName(LongNames.ofLength(255));
        SSLContext stock = stock();
        client.connect(server(stock));
        client.changeTickets(ticket -> ticket[COMPRESSED_AT] ^= 1);

        if (found().contains(JdkFault.UNAUTHENTICATED_TICKET_HEAD)) {
            assertThatThrownBy(() -> client.connect(server(stock))).isInstanceOf(SSLException.class);
        } else {
            assertThat(client.resumes(server(stock))).isFalse();
        }
    }

    @Test
    void found_byTrying_isWhatIsKnownOfThisVersion() throws Exception {
        assertThat(found()).isEqualTo(knownOf(Runtime.version()));
    }

    @ParameterizedTest
    @CsvSource({
        "17,              LONG_SERVER_NAME",
        "17.0.15+6,       LONG_SERVER_NAME",
        "17.0.16,         LONG_SERVER_NAME",
        "17.0.17,         ''",
        "17.0.21.1,       ''",
        "21.0.8,          LONG_SERVER_NAME",
        "21.0.9,          ''",
        "22,              LONG_SERVER_NAME",
        "24.0.1,          LONG_SERVER_NAME",
        "25,              UNAUTHENTICATED_TICKET_HEAD",
        "25.0.3+9-LTS,    UNAUTHENTICATED_TICKET_HEAD",
        "25.0.5,          UNAUTHENTICATED_TICKET_HEAD",
        "25.0.5.1,        ''",
        "26.0.2.1,        UNAUTHENTICATED_TICKET_HEAD",
        "27,              ''"
    })
    void version_thatCannotBeTried_hasTheFaultsThatAreKnownOfIt(String version, String faults) {
        assertThat(knownOf(Runtime.Version.parse(version)).stream()
                        .map(Enum::name)
                        .collect(Collectors.joining()))
                .isEqualTo(faults);
    }

    @Test
    void warning_namesJavaBugAndFix() {
        Runtime.Version java = Runtime.Version.parse("17.0.15+6");

        assertThat(JdkFault.LONG_SERVER_NAME.warning(java))
                .startsWith("Java 17.0.15+6 ")
                .contains("JDK-8350830", "full handshakes", "17.0.17, 21.0.9 and 25")
                .endsWith("update Java");
        assertThat(JdkFault.UNAUTHENTICATED_TICKET_HEAD.warning(java))
                .contains("JDK-8357033", "full handshake", "25.0.5.1")
                .endsWith("update Java");
    }

    private static Set<JdkFault> found() throws Exception {
        return FaultProbe.find(new JdkTicketEngine(), SunJsseInternals.open());
    }

    private static Set<JdkFault> knownOf(Runtime.Version java) {
        return Stream.of(JdkFault.values()).filter(fault -> fault.isIn(java)).collect(Collectors.toSet());
    }

    private static SSLContext stock() throws GeneralSecurityException {
        SSLContext stock = SSLContext.getInstance("TLS", "SunJSSE");
        stock.init(Certificates.keyManagers(Certificates.server("localhost")), null, null);
        return stock;
    }

    // Like Jetty, which sets a matcher of server names.
    private static SSLEngine server(SSLContext context) {
        SSLEngine server = context.createSSLEngine();
        new JdkTicketEngine().prepare(server);
        return server;
    }
}
