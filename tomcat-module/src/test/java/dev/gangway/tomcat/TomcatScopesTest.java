package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.ClientAuth;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.EveryEngineAndProtocol;
import dev.gangway.testing.HttpsClient;
import dev.gangway.testing.OpenSslClient;
import dev.gangway.testing.OpenSslClient.Answer;
import dev.gangway.testing.TicketScopesContract;
import dev.gangway.testing.TrustDomain;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Trust domains of real Tomcat servers. */
@Tag("container")
class TomcatScopesTest extends TicketScopesContract {
    private static final String DEFAULT_HOST = "_default_";

    @Override
    protected RunningServer start(String engine, TrustDomain domain, Path keyStoreFile) throws Exception {
        return started(node(engine, domain, keyStoreFile));
    }

    @EveryEngineAndProtocol
    void hostsOfOneConnector_ticketOfTheOther_countsAsOneOfAnotherScope(String engine, String protocol)
            throws Exception {
        try (RunningServer server = startTwoHosts(engine, ClientAuth.NONE, ClientAuth.REQUIRED)) {
            Map<String, FullHandshakes> before = fullHandshakesByScope(protocol);
            OpenSslClient client =
                    OpenSslClient.of(folder.resolve("client"), protocol).withCertificate(CLIENT);
            client.begin(server.port(), "a.example");
            assertThat(client.resume(server.port(), "b.example").resumed()).isFalse();
            assertThat(client.resume(server.port(), "b.example").resumed()).isFalse();

            Map<String, FullHandshakes> byMode = new TreeMap<>();
            fullHandshakesByScope(protocol).forEach((scope, counted) -> {
                FullHandshakes since = counted.since(before.getOrDefault(scope, FullHandshakes.NONE));
                if (!since.equals(FullHandshakes.NONE)) {
                    assertThat(byMode.put(scope.replaceAll("-[0-9a-f]{8}$", ""), since))
                            .as("two scopes of one mode")
                            .isNull();
                }
            });
            assertThat(byMode)
                    .isEqualTo(Map.of("none", new FullHandshakes(0, 1), "required", new FullHandshakes(2, 0)));
        }
    }

    @EveryEngineAndProtocol
    void hostsOfOneConnector_oneAsksAndOneDoesNot_neverOpenEachOthersTickets(String engine, String protocol)
            throws Exception {
        try (RunningServer server = startTwoHosts(engine, ClientAuth.NONE, ClientAuth.REQUIRED)) {
            OpenSslClient client = OpenSslClient.of(folder.resolve("client"), protocol);
            assertThat(client.begin(server.port(), "a.example").served()).isTrue();
            assertThat(client.resume(server.port(), "a.example").resumed()).isTrue();

            Answer withoutCertificate = client.resume(server.port(), "b.example");
            assertThat(withoutCertificate.output()).doesNotContain("Reused, ");
            assertThat(withoutCertificate.served()).isFalse();
            Answer asked = client.withCertificate(CLIENT).resume(server.port(), "b.example");
            assertThat(asked.resumed()).as(asked.output()).isFalse();
            assertThat(asked.served()).as(asked.output()).isTrue();
            assertThat(asked.clientCertificate()).isEqualTo(SUBJECT);

            OpenSslClient known =
                    OpenSslClient.of(folder.resolve("known"), protocol).withCertificate(CLIENT);
            assertThat(known.begin(server.port(), "b.example").clientCertificate())
                    .isEqualTo(SUBJECT);
            Answer resumed = known.resume(server.port(), "b.example");
            assertThat(resumed.resumed()).isTrue();
            assertThat(resumed.clientCertificate()).isEqualTo(SUBJECT);
            Answer elsewhere = known.resume(server.port(), "a.example");
            assertThat(elsewhere.resumed()).isFalse();
            assertThat(elsewhere.clientCertificate()).isEmpty();
        }
    }

    @EveryEngineAndProtocol
    void hostsOfOneConnector_sameTrustOtherCertificate_shareAsServersDo(String engine, String protocol)
            throws Exception {
        try (RunningServer server = startTwoHosts(engine, ClientAuth.NONE, ClientAuth.NONE)) {
            OpenSslClient client = OpenSslClient.of(folder.resolve("client"), protocol);
            client.begin(server.port(), "a.example");
            assertThat(client.resume(server.port(), "a.example").resumed()).isTrue();
            Answer other = client.resume(server.port(), "b.example");
            assertThat(other.resumed()).as(other.output()).isEqualTo(engine.equals("conscrypt"));
            assertThat(other.served()).isTrue();
        }
    }

    /** For a login by client certificate, Tomcat requests the certificate during a TLS 1.2 connection that began without one. */
    @Test
    void certificateAskedForByRenegotiation_noTicketHoldsIt() throws Exception {
        TrustDomain first = TrustDomain.asking(ClientAuth.NONE, AUTHORITY);
        TrustDomain second = TrustDomain.asking(ClientAuth.NONE, OTHER_AUTHORITY);
        try (RunningServer a = startWithLogin(first);
                RunningServer alsoA = startWithLogin(first);
                RunningServer b = startWithLogin(second)) {
            HttpsClient client = HttpsClient.of("TLSv1.2", keyManagers(CLIENT, OTHER_CLIENT));
            assertThat(client.get(a.port()).clientCertificate()).isEqualTo(SUBJECT);
            assertRefusedTicket(client.get(alsoA.port()), SUBJECT);
            assertRefusedTicket(client.get(b.port()), OTHER_SUBJECT);
        }
    }

    // The connector's self-test at start is counted too.
    private static Map<String, FullHandshakes> fullHandshakesByScope(String protocol) throws JMException {
        Map<String, FullHandshakes> scopes = new TreeMap<>();
        for (CompositeData row : (CompositeData[]) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("dev.gangway:type=TicketKeys,name=Tomcat"), "Handshakes")) {
            if (row.get("protocol").equals(protocol)) {
                scopes.put((String) row.get("scope"), new FullHandshakes((Long) row.get("fullOtherScope"), (Long)
                        row.get("fullWithoutTicket")));
            }
        }
        return scopes;
    }

    private record FullHandshakes(long otherScope, long withoutTicket) {
        static final FullHandshakes NONE = new FullHandshakes(0, 0);

        FullHandshakes since(FullHandshakes before) {
            return new FullHandshakes(otherScope - before.otherScope, withoutTicket - before.withoutTicket);
        }
    }

    private RunningServer startTwoHosts(String engine, ClientAuth a, ClientAuth b) throws Exception {
        Path other =
                Certificates.write(Certificates.keyStore(Certificates.server("b.example")), folder.resolve("b.p12"));
        TomcatNode node = new TomcatNode(folder)
                .withHost(DEFAULT_HOST, keyStore)
                .withHost("a.example", keyStore)
                .withHost("b.example", other)
                .with(listener(engine, ""));
        trust(node.host("a.example"), TrustDomain.asking(a, AUTHORITY));
        trust(node.host("b.example"), TrustDomain.asking(b, AUTHORITY));
        return started(node);
    }

    private RunningServer startWithLogin(TrustDomain domain) throws Exception {
        return started(node("jdk", domain, keyStore).withLogin(SUBJECT, OTHER_SUBJECT));
    }

    private TomcatNode node(String engine, TrustDomain domain, Path keyStoreFile) {
        TomcatNode node =
                new TomcatNode(folder).withHost(DEFAULT_HOST, keyStoreFile).with(listener(engine, domain.scope()));
        trust(node.host(DEFAULT_HOST), domain);
        return node;
    }

    private static void trust(SSLHostConfig host, TrustDomain domain) {
        domain.authority().ifPresent(authority -> host.setTrustStore(Certificates.trustStore(authority)));
        host.setCertificateVerification(domain.clientAuth().name());
    }

    private static RunningServer started(TomcatNode node) throws Exception {
        node.start();
        return new RunningServer(node.port(), node::close);
    }

    private GangwayListener listener(String engine, String scope) {
        GangwayListener listener = new GangwayListener();
        listener.setKeys(keys);
        listener.setEngine(engine);
        listener.setScope(scope);
        return listener;
    }
}
