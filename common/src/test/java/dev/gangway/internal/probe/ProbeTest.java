package dev.gangway.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.Certificates;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The probe with servers that use the JDK's TLS. */
class ProbeTest {
    private static final Certificates.Held SERVER = Certificates.server("localhost");
    private static final Certificates.Held AUTHORITY = Certificates.authority("clients");

    private final List<PlainTlsServer> servers = new ArrayList<>();
    private final ClientSettings settings = ClientSettings.plain().withServerName("site.example");

    @AfterEach
    void stop() throws Exception {
        for (PlainTlsServer server : servers) {
            server.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void fleet_twoShareAndOneDoesNot_tellsWhoResumesWhoseTickets(TlsVersion tls) throws Exception {
        SSLContext shared = context();
        List<Address> nodes = List.of(start(shared), start(shared), start(context()));

        ProbeReport report = ProbeReport.ofFleet(nodes, settings, List.of(tls), 2);

        assertThat(labels(report))
                .containsExactly(
                        List.of("resumes", "resumes", "FULL"),
                        List.of("resumes", "resumes", "FULL"),
                        List.of("FULL", "FULL", "resumes"));
        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(report.matrices().get(0).differences())
                .as("the same certificate and cipher suite, and tickets that tell no key name")
                .isEmpty();
        assertThat(report.toText()).contains("4 of 9 combinations of two nodes and a TLS version do not resume.");
        assertThat(servers.get(0).lastRequest().lines())
                .containsExactly(
                        "HEAD / HTTP/1.1", "Host: site.example", "User-Agent: gangway-probe", "Connection: close", "");
    }

    @Test
    void fleet_allShare_isZero() throws Exception {
        SSLContext shared = context();

        ProbeReport report = ProbeReport.ofFleet(List.of(start(shared), start(shared)), settings, bothVersions(), 1);

        assertThat(report.exitCode()).isZero();
        assertThat(report.toText()).contains("Every node resumes from the tickets of every node.");
        assertThat(report.toJson()).contains("\"exitCode\":0").doesNotContain("\n");
    }

    @Test
    void fleet_nodesThatDoNotSpeakTlsOrAreNotThere_failAndTheOthersAreTried() throws Exception {
        SSLContext shared = context();
        PlainTlsServer plain = PlainTlsServer.startWithoutTls();
        servers.add(plain);
        PlainTlsServer gone = PlainTlsServer.startWithoutTls();
        gone.close();
        List<Address> nodes = List.of(start(shared), start(shared), plain.address(), gone.address());

        ProbeReport report = ProbeReport.ofFleet(nodes, settings, List.of(TlsVersion.TLS_1_3), 1);

        assertThat(labels(report).get(0)).containsExactly("resumes", "resumes", "FAILS", "FAILS");
        assertThat(labels(report).get(3)).containsExactly("FAILS", "FAILS", "FAILS", "FAILS");
        assertThat(report.exitCode()).isEqualTo(3);
        assertThat(report.toText())
                .contains("connection refused", "the server does not speak TLS on this port")
                .doesNotContain("is not accepted");
    }

    @Test
    void fleet_versionInWhichEveryConnectionBreaks_isAFailureAndNotLeftOut() throws Exception {
        SSLContext shared = context();
        List<Address> nodes = List.of(startThatHangsUpIn12(shared), startThatHangsUpIn12(shared));

        ProbeReport report = ProbeReport.ofFleet(nodes, settings, bothVersions(), 1);

        assertThat(labels(report)).containsOnly(List.of("resumes", "resumes"));
        assertThat(report.exitCode()).isEqualTo(3);
        assertThat(report.toText()).contains("TLS 1.2 ", "FAILS").doesNotContain("is not accepted");
    }

    @Test
    void fleet_versionThatOneNodeRefusesAndOneBreaks_isAFailure() throws Exception {
        SSLContext shared = context();
        List<Address> nodes = List.of(startOnly13(shared), startThatHangsUpIn12(shared));

        ProbeReport report = ProbeReport.ofFleet(nodes, settings, bothVersions(), 1);

        assertThat(report.exitCode()).isEqualTo(3);
        assertThat(report.toText()).doesNotContain("is not accepted");
    }

    @Test
    void fleet_versionThatNoNodeAccepts_isLeftOutAndTold() throws Exception {
        SSLContext shared = context();
        List<Address> nodes = List.of(startOnly13(shared), startOnly13(shared));

        ProbeReport report = ProbeReport.ofFleet(nodes, settings, bothVersions(), 1);

        assertThat(report.exitCode()).isZero();
        assertThat(report.toText()).contains("TLS 1.2 is not accepted by any node");
    }

    @ParameterizedTest
    @EnumSource
    void oneAddress_manyConnections_areResumedAfterTheFirst(TlsVersion tls) throws Exception {
        ProbeReport report = ProbeReport.ofOneAddress(start(context()), settings, List.of(tls), 20);

        ProbeResult result = report.results().get(tls);
        assertThat(result.resumed()).isEqualTo(19);
        assertThat(result.full()).isEqualTo(1);
        assertThat(result.httpAnswers()).containsExactlyEntriesOf(Map.of(200, 20L));
        assertThat(report.exitCode()).isZero();
    }

    @Test
    void oneAddress_eachConnection_isCounted() throws Exception {
        Address address = start(context());

        ProbeReport.ofOneAddress(address, settings, List.of(TlsVersion.TLS_1_3), 4);

        assertThat(servers.get(0).connections()).isEqualTo(4);
    }

    @Test
    void oneAddress_versionThatTheServerRefuses_isLeftOutAndTold() throws Exception {
        ProbeReport report = ProbeReport.ofOneAddress(startOnly13(context()), settings, bothVersions(), 5);

        assertThat(report.exitCode()).isZero();
        assertThat(report.results()).containsOnlyKeys(TlsVersion.TLS_1_3);
        assertThat(report.toText()).contains("TLS 1.2 is not accepted");
    }

    @Test
    void oneAddress_versionInWhichConnectionsBreak_isAFailureAndNotLeftOut() throws Exception {
        ProbeReport report = ProbeReport.ofOneAddress(startThatHangsUpIn12(context()), settings, bothVersions(), 5);

        assertThat(report.exitCode()).isEqualTo(3);
        assertThat(report.results().get(TlsVersion.TLS_1_3).allResumed()).isTrue();
        assertThat(report.toText()).contains("TLS 1.2: ").doesNotContain("is not accepted");
    }

    /** The outcome of a handshake is known before the request is answered. */
    @ParameterizedTest
    @EnumSource
    void oneAddress_serverThatResetsAtTheRequest_completesHandshakes(TlsVersion tls) throws Exception {
        PlainTlsServer server = PlainTlsServer.startThatResets(context());
        servers.add(server);

        ProbeResult result = Probe.run(new ProbeSettings(server.address(), tls, 3, settings));

        assertThat(result.failure()).isEmpty();
        assertThat(result.resumed()).isEqualTo(2);
        assertThat(result.failed()).isZero();
        assertThat(result.httpAnswers()).containsExactlyEntriesOf(Map.of(0, 3L));
    }

    @Test
    void oneAddress_nobodyThere_saysSo() throws Exception {
        PlainTlsServer gone = PlainTlsServer.startWithoutTls();
        gone.close();

        ProbeReport report = ProbeReport.ofOneAddress(gone.address(), settings, bothVersions(), 20);

        assertThat(report.exitCode()).isEqualTo(3);
        assertThat(report.toText()).contains("connection refused");
    }

    @ParameterizedTest
    @EnumSource
    void clientCertificate_thatTheServerRequires_isShown(TlsVersion tls) throws Exception {
        PlainTlsServer server = PlainTlsServer.start(context(), true);
        servers.add(server);
        ClientSettings withCertificate =
                settings.withCertificate(List.of(Certificates.keyManagers(Certificates.client("probe", AUTHORITY))));

        assertThat(Probe.run(new ProbeSettings(server.address(), tls, 3, withCertificate))
                        .resumed())
                .isEqualTo(2);
        ProbeResult without = Probe.run(new ProbeSettings(server.address(), tls, 3, settings));
        assertThat(without.failed()).isEqualTo(3);
        assertThat(without.failure()).isPresent();
    }

    private static List<TlsVersion> bothVersions() {
        return List.of(TlsVersion.TLS_1_3, TlsVersion.TLS_1_2);
    }

    private static List<List<String>> labels(ProbeReport report) {
        return report.matrices().get(0).cells().stream()
                .map(row -> row.stream().map(Cell::label).toList())
                .toList();
    }

    private Address start(SSLContext context) throws Exception {
        PlainTlsServer server = PlainTlsServer.start(context, false);
        servers.add(server);
        return server.address();
    }

    private Address startThatHangsUpIn12(SSLContext context) throws Exception {
        PlainTlsServer server = PlainTlsServer.startThatHangsUpIn12(context);
        servers.add(server);
        return server.address();
    }

    private Address startOnly13(SSLContext context) throws Exception {
        PlainTlsServer server = PlainTlsServer.start(context, false, "TLSv1.3");
        servers.add(server);
        return server.address();
    }

    private static SSLContext context() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(Certificates.keyManagers(SERVER), Certificates.trustManagers(AUTHORITY), null);
        return context;
    }
}
