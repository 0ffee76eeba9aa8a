package dev.gangway.internal.engine.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.ClientAuth;
import dev.gangway.KeySourceException;
import dev.gangway.internal.context.Connector;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.engine.TicketEngineContract;
import dev.gangway.internal.manager.TicketKeyManager;
import dev.gangway.internal.wire.Handshake;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.TicketClient;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real handshakes with SunJSSE of this JVM; the class runs on every JDK that the build finds. */
@Tag("engine")
class JdkTicketEngineTest extends TicketEngineContract {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

    JdkTicketEngineTest() {
        super(new JdkTicketEngine(), START);
    }

    @Test
    void prepare_newEngine_setsTheServerNameMatcherAndNothingElse() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(null, null, null);
        for (int i = 0; i < 2; i++) {
            SSLEngine server = context.createSSLEngine();
            Map<String, Object> before = valuesOf(server.getSSLParameters());

            new JdkTicketEngine().prepare(server);

            Map<String, Object> after = valuesOf(server.getSSLParameters());
            assertThat((Collection<?>) after.get("getSNIMatchers")).hasSize(1);
            before.remove("getSNIMatchers");
            after.remove("getSNIMatchers");
            assertThat(after).isEqualTo(before).containsKeys("getCipherSuites", "getMaximumPacketSize");
        }
    }

    // Of whatever this Java version has.
    private static Map<String, Object> valuesOf(SSLParameters parameters) throws ReflectiveOperationException {
        Map<String, Object> values = new TreeMap<>();
        for (Method getter : SSLParameters.class.getMethods()) {
            if (getter.getName().startsWith("get") && getter.getParameterCount() == 0) {
                Object value = getter.invoke(parameters);
                values.put(getter.getName(), value instanceof Object[] array ? Arrays.asList(array) : value);
            }
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void otherNode_withoutGangway_doesNotResume(String protocol) throws Exception {
        SSLContext a = node(manager(), PLAIN);
        SSLContext stock = SSLContext.getInstance("TLS", "SunJSSE");
        stock.init(Certificates.keyManagers(CERTIFICATE), null, null);
        TicketClient client = TicketClient.of(protocol);

        client.connect(a.createSSLEngine());
        assertThat(client.resumes(stock.createSSLEngine())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void ticket_afterRotation_stillOpensAndNewOnesBearTheNewKey(String protocol) throws Exception {
        TicketKeyManager manager = manager();
        SSLContext a = node(manager, PLAIN);
        TicketClient client = TicketClient.of(protocol);
        clock.advance(PERIOD.minusSeconds(1));
        client.connect(a.createSSLEngine());
        clock.advance(Duration.ofSeconds(2));

        Handshake afterActivation = client.connect(a.createSSLEngine());
        Handshake last = client.connect(a.createSSLEngine());

        assertThat(afterActivation.resumed()).contains(true);
        assertThat(last.resumed()).contains(true);
        assertThat(number(last.offeredTicket().orElseThrow()))
                .as("the next key seals from its activation even without an update of the ring")
                .isNotCloseTo(number(afterActivation.offeredTicket().orElseThrow()), within(100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void ticket_youngerThanItsLifetime_opensAndNotASecondLonger(String protocol) throws Exception {
        SSLContext a = node(manager(), PLAIN);

        for (long offset : new long[] {-1, 0, 1}) {
            TicketClient client = TicketClient.of(protocol);
            client.connect(a.createSSLEngine());
            clock.advance(LIFETIME.plusSeconds(offset));
            assertThat(client.resumes(a.createSSLEngine()))
                    .as("lifetime %+d s", offset)
                    .isEqualTo(offset < 0);
            clock.set(START);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void ticket_fromANodeWhoseClockIsAhead_opensWithinTheSkewOnly(String protocol) throws Exception {
        SSLContext a = node(manager(), PLAIN);
        clock.advance(Duration.ofHours(1));
        TicketClient client = TicketClient.of(protocol);
        client.connect(a.createSSLEngine());

        clock.set(START.plus(Duration.ofHours(1)).minusSeconds(60));
        assertThat(client.resumes(a.createSSLEngine())).isTrue();
        clock.set(START.plus(Duration.ofHours(1)).plusSeconds(5));
        client.connect(a.createSSLEngine());
        clock.set(START.plus(Duration.ofHours(1)).minusSeconds(61));
        assertThat(client.resumes(a.createSSLEngine())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void context_noKeyLeft_goesOnWithKeysOfItsOwnAndComesBack(String protocol) throws Exception {
        TicketKeyManager managerA = manager();
        SSLContext a = node(managerA, PLAIN);
        SSLContext b = node(manager(), PLAIN);
        clock.advance(Duration.ofDays(3));
        TicketClient client = TicketClient.of(protocol);

        assertThat(client.resumes(a.createSSLEngine())).isFalse();
        assertThat(client.resumes(a.createSSLEngine())).as("own random key").isTrue();
        assertThat(client.resumes(b.createSSLEngine())).as("not shared").isFalse();

        source.set(ROTATION.initialKeys(clock.instant(), RANDOM));
        managerA.reload();
        SSLContext c = node(manager(), PLAIN);
        TicketClient later = TicketClient.of(protocol);
        later.connect(a.createSSLEngine());
        assertThat(later.resumes(c.createSSLEngine())).as("shared again").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void ticket_ofAKeyOfTheContextsOwn_opensForItsLifetimeAndNotASecondLonger(String protocol) throws Exception {
        TicketKeyManager managerA = manager();
        SSLContext a = node(managerA, PLAIN);
        managerA.close();

        // Also shortly before the retirement of such a key.
        for (Duration sinceTheFirst :
                List.of(Duration.ZERO, Duration.ofHours(12).minusSeconds(1))) {
            for (long offset : new long[] {-1, 0, 1}) {
                clock.set(START.plus(sinceTheFirst));
                TicketClient client = TicketClient.of(protocol);
                client.connect(a.createSSLEngine());
                clock.advance(LIFETIME.plusSeconds(offset));
                assertThat(client.resumes(a.createSSLEngine()))
                        .as("after %s, lifetime %+d s", sinceTheFirst, offset)
                        .isEqualTo(offset < 0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clockSetBackBeforeTheKeysTimeForAMoment_nextTurn_sharesAgain(String protocol) throws Exception {
        TicketKeyManager managerA = manager();
        SSLContext a = node(managerA, PLAIN);
        SSLContext b = node(manager(), PLAIN);
        clock.set(START.minusSeconds(1));
        TicketClient.of(protocol).connect(a.createSSLEngine());
        clock.set(START);

        managerA.updateRing();

        TicketClient client = TicketClient.of(protocol);
        client.connect(a.createSSLEngine());
        assertThat(client.resumes(b.createSSLEngine())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void ticket_anyByteChanged_costsAFullHandshakeAndNoMore(String protocol) throws Exception {
        SSLContext a = node(manager(), PLAIN);
        TicketClient client = TicketClient.of(protocol);
        client.connect(a.createSSLEngine());
        int length = client.connect(a.createSSLEngine()).offeredTicket().orElseThrow().length;
        for (int at = 0; at < length; at += at < 64 ? 1 : 17) {
            int position = at;
            client.changeTickets(ticket -> ticket[position] ^= 0x40);
            assertThat(client.resumes(a.createSSLEngine()))
                    .as("byte %d of %d", at, length)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void ticket_dead_isNotRevivedByAYoungerNumber(String protocol) throws Exception {
        SSLContext a = node(manager(), PLAIN);
        TicketClient client = TicketClient.of(protocol);
        client.connect(a.createSSLEngine());
        int older = 7 * 3600;
        clock.advance(Duration.ofSeconds(older));

        client.changeTickets(ticket -> ByteBuffer.wrap(ticket).putInt(0, number(ticket) + 2 * older));
        assertThat(client.resumes(a.createSSLEngine())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "jdk.tls.server.enableSessionTicketExtension,false",
        "jdk.tls.server.newSessionTicketCount,0",
        "jdk.tls.client.enableSessionTicketExtension,false",
    })
    void initialise_systemPropertyForbidsTickets_isRefusedByName(String property, String value) throws Exception {
        TicketKeyManager manager = manager();
        System.setProperty(property, value);
        try {
            assertThatThrownBy(() -> node(manager, PLAIN))
                    .isInstanceOf(InstallationException.class)
                    .hasMessageContaining(property + "=" + value)
                    .hasMessageEndingWith("remove it");
        } finally {
            System.clearProperty(property);
        }
    }

    @Test
    void install_contextOfAnotherProvider_isRefusedByName() {
        assertThatThrownBy(() -> SunJsseInternals.open().requireSunJsse(new ForeignSessionContext()))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining(ForeignSessionContext.class.getName());
    }

    @Test
    void initialise_onlyProtocolsWithoutTickets_isRefused() throws GeneralSecurityException, KeySourceException {
        SSLContext context = context(
                manager(),
                new Connector("", ClientAuth.NONE, engine -> engine.setEnabledProtocols(new String[] {"TLSv1.1"})));

        assertThatThrownBy(() -> context.init(Certificates.keyManagers(CERTIFICATE), null, null))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("none of the enabled protocols [TLSv1.1] has session tickets");
    }

    @Test
    void initialise_noCertificate_isRefusedAsUnproven() throws Exception {
        SSLContext context = context(manager(), PLAIN);

        assertThatThrownBy(() -> context.init(null, null, null))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("the test of the ticket keys in memory failed")
                .hasMessageContaining("full TLSv1.3 handshake");
    }

    private static int number(byte[] ticket) {
        return ByteBuffer.wrap(ticket).getInt();
    }

    private static Offset<Integer> within(int offset) {
        return Offset.offset(offset);
    }
}
