package dev.gangway.internal.engine.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** The variants of {@code sun.security.ssl.SSLSessionImpl} in all Java versions. */
class TicketNonceCounterTest {
    @Test
    void zero_counterIsAByteAsInNewerVersions_isZero() throws Exception {
        ByteSession session = new ByteSession();

        TicketNonceCounter.in(ByteSession.class).orElseThrow().zero(session);

        assertThat(session.ticketNonceCounter).isZero();
        assertThat(session.updateNST).isTrue();
    }

    @Test
    void zero_counterIsABigIntegerAsInOlderVersions_isZero() throws Exception {
        BigIntegerSession session = new BigIntegerSession();

        TicketNonceCounter.in(BigIntegerSession.class).orElseThrow().zero(session);

        assertThat(session.ticketNonceCounter).isZero();
        assertThat(session.updateNST).isTrue();
    }

    @Test
    void zero_sessionOfAnotherClass_isLeftAlone() throws Exception {
        ByteSession session = new ByteSession();

        TicketNonceCounter.in(BigIntegerSession.class).orElseThrow().zero(session);

        assertThat(session.ticketNonceCounter).isEqualTo((byte) 2);
    }

    @Test
    void in_sessionThatIssuesNoLaterTickets_isEmpty() throws Exception {
        assertThat(TicketNonceCounter.in(Object.class)).isEmpty();
    }

    @Test
    void in_counterOfUnknownType_isRefused() {
        assertThatThrownBy(() -> TicketNonceCounter.in(IntSession.class))
                .isInstanceOf(NoSuchFieldException.class)
                .hasMessage("ticketNonceCounter is a int");
    }

    private static final class ByteSession {
        private final boolean updateNST = true;
        private byte ticketNonceCounter = 2;
    }

    private static final class BigIntegerSession {
        private final boolean updateNST = true;
        private BigInteger ticketNonceCounter = BigInteger.TWO;
    }

    @SuppressWarnings("unused")
    private static final class IntSession {
        private final boolean updateNST = true;
        private int ticketNonceCounter = 2;
    }
}
