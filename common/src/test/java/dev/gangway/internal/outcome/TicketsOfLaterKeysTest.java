package dev.gangway.internal.outcome;

import static dev.gangway.testing.TlsBytes.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.engine.TicketSeal;
import dev.gangway.internal.keys.KeyName;
import dev.gangway.testing.Await;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TicketsOfLaterKeysTest {
    private static final Optional<TicketSeal> KNOWN = Optional.of(TicketSeal.of(KeyName.parse("00".repeat(16))));

    private final HandshakeParts parts = new HandshakeParts();
    private final OutcomeRules rule = parts.newRule();
    private final TicketsOfLaterKeys ahead = new TicketsOfLaterKeys();

    @Test
    void count_keyStillUnknown_isZero() {
        ahead.remember(ticket(1), rule);

        assertThat(ahead.count()).isZero();
    }

    @Test
    void count_keyLearntLater_isEveryHandshakeWithItsTicketsOnce() {
        ahead.remember(ticket(1), rule);
        ahead.remember(ticket(1), rule);
        ahead.remember(ticket(2), rule);
        parts.seals = head -> head[0] == 1 ? KNOWN : Optional.empty();

        assertThat(ahead.count()).isEqualTo(2);
        assertThat(ahead.count()).as("asked again").isEqualTo(2);
    }

    @Test
    void count_keyForgottenAgain_isNotLess() {
        ahead.remember(ticket(1), rule);
        parts.seals = head -> KNOWN;
        assertThat(ahead.count()).isEqualTo(1);
        parts.seals = head -> Optional.empty();

        assertThat(ahead.count()).isEqualTo(1);
    }

    @Test
    void sealOf_askedLater_isGivenTheHeadOfATicketAndNoMore() {
        ahead.remember(ticket(1), rule);
        parts.seals = head -> {
            assertThat(head).hasSize(17);
            assertThat(Arrays.copyOf(head, 16)).isEqualTo(Arrays.copyOf(ticket(1), 16));
            assertThat(head[16]).isZero();
            return KNOWN;
        };

        assertThat(ahead.count()).isEqualTo(1);
    }

    @Test
    void remember_shortTicket_isNoFault() {
        ahead.remember(new byte[] {1}, rule);
        parts.seals = head -> KNOWN;

        assertThat(ahead.count()).isEqualTo(1);
    }

    @Test
    void remember_floodOfForeignTickets_keepsTheLatest1024() {
        for (int i = 0; i < 5_000; i++) {
            ahead.remember(ticketNumber(i), rule);
        }
        parts.seals = head -> KNOWN;

        assertThat(ahead.count()).isEqualTo(1_024);
    }

    @Test
    void remember_ticketThatComesAgainAndAgain_isNotPushedOut() {
        for (int i = 0; i < 5_000; i++) {
            ahead.remember(ticketNumber(i), rule);
            ahead.remember(ticket(1), rule);
        }
        parts.seals = head -> head[0] == 1 && head[1] == 1 ? KNOWN : Optional.empty();

        assertThat(ahead.count()).isEqualTo(5_000);
    }

    @Test
    void context_gone_isNotKeptAliveAndItsTicketsAreForgotten() throws InterruptedException {
        WeakReference<OutcomeRules> gone = rememberWithAContextThatGoes();
        awaitCollection(gone);
        parts.seals = head -> KNOWN;

        assertThat(ahead.count()).isZero();
    }

    @Test
    void context_replacedByAReload_leavesTheCountToTheNewOne() throws InterruptedException {
        WeakReference<OutcomeRules> gone = rememberWithAContextThatGoes();
        ahead.remember(ticket(1), rule);
        awaitCollection(gone);
        parts.seals = head -> KNOWN;

        assertThat(ahead.count()).isEqualTo(2);
    }

    private WeakReference<OutcomeRules> rememberWithAContextThatGoes() {
        OutcomeRules shortLived = parts.newRule();
        ahead.remember(ticket(1), shortLived);
        return new WeakReference<>(shortLived);
    }

    // A full collection clears weak references; several, because a JVM may ignore a request for one.
    private static void awaitCollection(WeakReference<?> reference) throws InterruptedException {
        Await.collected("nothing refers to the context", () -> reference.get() == null);
        assertThat(reference.get()).isNull();
    }

    private static byte[] ticketNumber(int number) {
        return ByteBuffer.allocate(40).putInt(0x77000000 | number).array();
    }
}
