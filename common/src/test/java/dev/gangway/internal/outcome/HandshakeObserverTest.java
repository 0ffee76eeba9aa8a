package dev.gangway.internal.outcome;

import static dev.gangway.testing.TlsBytes.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.HandshakeOutcome;
import dev.gangway.internal.engine.ObservedSslEngine;
import dev.gangway.internal.engine.TicketSeal;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.internal.wire.HandshakeReader;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The outcomes of a container's calls, with constructed bytes. */
class HandshakeObserverTest {
    private static final byte[] HELLO12 = record(HANDSHAKE, clientHello(sessionTicket(ticket(1))));
    private static final byte[] RESUMED12 = join(record(HANDSHAKE, serverHello()), changeCipherSpec());
    private static final byte[] HELLO13 = record(HANDSHAKE, clientHello(offeredTls13(), offeredPsks(ticket(1))));
    private static final byte[] FULL13 = record(HANDSHAKE, serverHello(chosenTls13()));
    private static final byte[] CLIENT_FINISHED = encrypted(APPLICATION_DATA, 53);
    private static final byte[] TICKET = encrypted(APPLICATION_DATA, 250);
    private static final byte[] DATA = encrypted(APPLICATION_DATA, 600);

    private final HandshakeParts parts = new HandshakeParts();
    private final HandshakeObserver observer = parts.newObserver();

    @Test
    void handshake_resumedWithTheActiveKey_isCountedWithItsAges() {
        KeyName active = parts.manager.ring().active().orElseThrow().name();
        parts.seals = ticket -> seal(active, HandshakeParts.NOW.minusSeconds(20), HandshakeParts.NOW.minusSeconds(7));
        received(HELLO12, HandshakeStatus.NEED_WRAP);
        sent(RESUMED12, HandshakeStatus.NEED_UNWRAP);
        assertThat(observer.seen()).isEmpty();

        assertThat(received(changeCipherSpec(), HandshakeStatus.FINISHED)).isFalse();
        assertThat(observer.seen())
                .contains(new ObservedHandshake(
                        "TLSv1.2",
                        HandshakeOutcome.RESUMED_ACTIVE_KEY,
                        Optional.of(active),
                        Optional.of(Duration.ofSeconds(7)),
                        Optional.of(Duration.ofSeconds(20))));
        assertThat(parts.count(HandshakeOutcome.RESUMED_ACTIVE_KEY)).isEqualTo(1);
    }

    @Test
    void handshake_ticketSealedByAClockAhead_hasAgeZero() {
        KeyName active = parts.manager.ring().active().orElseThrow().name();
        Instant ahead = HandshakeParts.NOW.plusSeconds(7);
        parts.seals = ticket -> seal(active, ahead, ahead);
        complete13();

        assertThat(observer.seen().orElseThrow().outcome()).isEqualTo(HandshakeOutcome.FULL_TICKET_REFUSED);
        assertThat(observer.seen().orElseThrow().ticketAge()).contains(Duration.ZERO);
    }

    private static Optional<TicketSeal> seal(KeyName key, Instant authenticatedAt, Instant sealedAt) {
        return Optional.of(new TicketSeal(key, Optional.empty(), Optional.of(authenticatedAt), Optional.of(sealedAt)));
    }

    @Test
    void handshake_whoseTicketCannotBeLookedUp_isNotUnderstood() {
        parts.seals = ticket -> {
            throw new IllegalStateException("broken on purpose");
        };
        complete13();

        assertThat(parts.count(HandshakeOutcome.NOT_UNDERSTOOD)).isEqualTo(1);
        assertThat(parts.countAll()).isEqualTo(1);
    }

    @Test
    void hello_thatCannotBeRead_isToldToTheTicketsBeforeTheEngineHasIt() {
        observer.receiving(ByteBuffer.wrap(record(HANDSHAKE, message(1, new byte[5]))));
        assertThat(parts.unreadableHellos).isEqualTo(1);

        HandshakeObserver other = parts.newObserver();
        other.receiving(ByteBuffer.wrap(HELLO13));
        assertThat(parts.unreadableHellos).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLSv1.3",
        "TLSv1.2, TLSv1.2",
        "TLSv1.3:TLS, TLSv1.3",
        "TLSv1.2:h2, TLSv1.2",
        "TLSv1.1:TLS, 0x302",
        "TLSv1, 0x301",
        "null:TLS, none",
        "NONE, none",
        ", none"
    })
    void handshake_whoseBytesCannotBeRead_isNotUnderstoodAndHasTheProtocolsOwnName(String told, String protocol) {
        SSLEngine engine = engineWith(told, "TLS_AES_128_GCM_SHA256");
        unreadableUpToFinished(engine);

        assertThat(observer.seen().orElseThrow().outcome()).isEqualTo(HandshakeOutcome.NOT_UNDERSTOOD);
        assertThat(observer.seen().orElseThrow().protocol()).isEqualTo(protocol);
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3:TLS,", "NONE, SSL_NULL_WITH_NULL_NULL"})
    void handshake_saidToBeFinishedWithoutASession_hasFailed(String told, String cipherSuite) {
        unreadableUpToFinished(engineWith(told, cipherSuite));
        assertThat(observer.seen()).isEmpty();
        observer.ended();

        assertThat(observer.seen().orElseThrow().outcome()).isEqualTo(HandshakeOutcome.FAILED);
        assertThat(observer.seen().orElseThrow().protocol()).isEqualTo("none");
    }

    private void unreadableUpToFinished(SSLEngine engine) {
        byte[] hello = record(HANDSHAKE, message(1, new byte[5]));
        observer.received(
                ByteBuffer.wrap(hello),
                0,
                new SSLEngineResult(Status.OK, HandshakeStatus.NEED_WRAP, hello.length, 0),
                engine);
        observer.sent(
                ByteBuffer.wrap(FULL13),
                0,
                new SSLEngineResult(Status.OK, HandshakeStatus.FINISHED, 0, FULL13.length),
                engine);
    }

    private SSLEngine engineWith(String protocol, String cipherSuite) {
        SSLSession session = (SSLSession) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {SSLSession.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getProtocol" -> protocol;
                    case "getCipherSuite" -> cipherSuite;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return new ObservedSslEngine(parts.engine(), new HandshakeParts().newObserver()) {
            @Override
            public SSLSession getSession() {
                return session;
            }
        };
    }

    @Test
    void data_thatFlows_saysThatTheHandshakeIsOver() {
        received(HELLO13, HandshakeStatus.NEED_WRAP);
        sent(FULL13, HandshakeStatus.NEED_UNWRAP);
        observer.received(
                ByteBuffer.wrap(DATA),
                0,
                new SSLEngineResult(Status.OK, HandshakeStatus.NOT_HANDSHAKING, DATA.length, 9),
                parts.engine());

        assertThat(parts.count(HandshakeOutcome.FULL_UNKNOWN_KEY)).isEqualTo(1);
    }

    @Test
    void finished_toldByAStatus_isEnough() {
        received(HELLO13, HandshakeStatus.NEED_WRAP);
        sent(FULL13, HandshakeStatus.NEED_UNWRAP);
        assertThat(observer.finished(parts.engine())).as("a ticket may come").isTrue();

        assertThat(parts.count(HandshakeOutcome.FULL_UNKNOWN_KEY)).isEqualTo(1);
    }

    @Test
    void newTicket_beforeTheFirstDataOrWithIt_isCountedAndEndsTheWatch() throws Exception {
        complete13();
        assertThat(reader()).isNotNull();
        assertThat(sent(TICKET, HandshakeStatus.NOT_HANDSHAKING)).isFalse();

        assertThat(parts.recorder.counts().get(0).withNewTicket()).isEqualTo(1);
        assertThat(reader()).isNull();
    }

    @Test
    void newTicket_withTheFirstData_isCounted() throws Exception {
        complete13();
        assertThat(sentWithData(join(TICKET, DATA))).isFalse();

        assertThat(parts.recorder.counts().get(0).withNewTicket()).isEqualTo(1);
        assertThat(reader()).isNull();
    }

    @Test
    void firstData_withoutATicket_endsTheWatch() throws Exception {
        complete13();
        assertThat(sentWithData(DATA)).isFalse();

        assertThat(parts.recorder.counts().get(0).withNewTicket()).isZero();
        assertThat(reader()).isNull();
    }

    @Test
    void closing_afterAHandshake_stillSeesTheTicketThatComesWithIt() {
        complete13();
        assertThat(observer.ended()).isTrue();
        sent(join(TICKET, encrypted(APPLICATION_DATA, 19)), HandshakeStatus.NOT_HANDSHAKING);

        assertThat(parts.recorder.counts().get(0).withNewTicket()).isEqualTo(1);
        assertThat(parts.countAll()).isEqualTo(1);
    }

    @Test
    void tap_afterAHandshakeOfTls12OrAFailure_isReleased() throws Exception {
        received(HELLO12, HandshakeStatus.NEED_WRAP);
        sent(RESUMED12, HandshakeStatus.NEED_UNWRAP);
        assertThat(reader()).isNotNull();
        received(changeCipherSpec(), HandshakeStatus.FINISHED);
        assertThat(reader()).isNull();

        HandshakeObserver failed = parts.newObserver();
        failed.failed(ByteBuffer.wrap(HELLO12), 0, HELLO12.length);
        assertThat(reader(failed)).isNull();
    }

    @Test
    void hello_afterAHandshakeOfTls13_isLetGoOfWhileATicketMayStillCome() throws Exception {
        Field offered = HandshakeReader.class.getDeclaredField("preSharedKey");
        offered.setAccessible(true);
        received(HELLO13, HandshakeStatus.NEED_WRAP);
        assertThat(offered.get(reader())).isNotNull();

        sent(FULL13, HandshakeStatus.NEED_UNWRAP);
        received(CLIENT_FINISHED, HandshakeStatus.FINISHED);
        assertThat(offered.get(reader())).isNull();
    }

    @Test
    void calls_afterTheEnd_changeNothing() {
        received(HELLO12, HandshakeStatus.NEED_WRAP);
        sent(RESUMED12, HandshakeStatus.NEED_UNWRAP);
        received(changeCipherSpec(), HandshakeStatus.FINISHED);
        Optional<ObservedHandshake> seen = observer.seen();

        received(HELLO13, HandshakeStatus.NEED_WRAP);
        sent(FULL13, HandshakeStatus.FINISHED);
        observer.finished(parts.engine());
        observer.failed(ByteBuffer.wrap(HELLO12), 0, HELLO12.length);
        observer.ended();

        assertThat(observer.seen()).isEqualTo(seen);
        assertThat(parts.countAll()).isEqualTo(1);
    }

    @Test
    void failure_howeverOftenAndInWhicheverWay_isCountedOnce() {
        assertThat(observer.failed(ByteBuffer.wrap(HELLO12), 0, HELLO12.length)).isFalse();
        observer.ended();
        observer.failed(ByteBuffer.wrap(HELLO12), 0, HELLO12.length);
        observer.ended();

        assertThat(observer.seen().orElseThrow().protocol()).isEqualTo("none");
        assertThat(parts.count(HandshakeOutcome.FAILED)).isEqualTo(1);
        assertThat(parts.countAll()).isEqualTo(1);
    }

    @Test
    void failure_afterTheServerHello_hasItsProtocol() {
        received(HELLO13, HandshakeStatus.NEED_WRAP);
        sent(FULL13, HandshakeStatus.NEED_UNWRAP);
        observer.ended();

        assertThat(observer.seen().orElseThrow().protocol()).isEqualTo("TLSv1.3");
    }

    @Test
    void end_withoutAByteOrWithAnotherProtocol_isNoFailure() {
        observer.ended();
        parts.newObserver().failed(ByteBuffer.wrap(HELLO12), 0, 0);
        parts.newObserver().failed(ByteBuffer.wrap(new byte[] {'G', 'E', 'T', ' ', '/', ' '}), 0, 6);

        assertThat(parts.recorder.counts()).isEmpty();
        assertThat(observer.seen()).isEmpty();
    }

    @Test
    void of_unobservedEngine_isEmpty() {
        assertThat(HandshakeObserver.of(parts.engine())).isEmpty();
        assertThat(HandshakeObserver.of(parts.observed(parts.engine()))).isEmpty();
    }

    private void complete13() {
        received(HELLO13, HandshakeStatus.NEED_WRAP);
        sent(FULL13, HandshakeStatus.NEED_UNWRAP);
        assertThat(received(CLIENT_FINISHED, HandshakeStatus.FINISHED))
                .as("a ticket may come")
                .isTrue();
    }

    private boolean received(byte[] bytes, HandshakeStatus status) {
        return observer.received(
                ByteBuffer.wrap(bytes), 0, new SSLEngineResult(Status.OK, status, bytes.length, 0), parts.engine());
    }

    private boolean sent(byte[] bytes, HandshakeStatus status) {
        return observer.sent(
                ByteBuffer.wrap(bytes), 0, new SSLEngineResult(Status.OK, status, 0, bytes.length), parts.engine());
    }

    private boolean sentWithData(byte[] bytes) {
        return observer.sent(
                ByteBuffer.wrap(bytes),
                0,
                new SSLEngineResult(Status.OK, HandshakeStatus.NOT_HANDSHAKING, 500, bytes.length),
                parts.engine());
    }

    private Object reader() throws ReflectiveOperationException {
        return reader(observer);
    }

    private static Object reader(HandshakeObserver observer) throws ReflectiveOperationException {
        Field reader = HandshakeObserver.class.getDeclaredField("reader");
        reader.setAccessible(true);
        return reader.get(observer);
    }
}
