package dev.gangway.internal.engine.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.ClientAuth;
import dev.gangway.internal.engine.jdk.TicketNumbers.Meaning;
import dev.gangway.internal.keys.KeyDerivation;
import dev.gangway.internal.keys.KeyTimes;
import dev.gangway.internal.keys.Scope;
import dev.gangway.internal.keys.TicketKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenedTicketsTest {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final KeyTimes TIMES = new KeyTimes(START, START, START.plusSeconds(3600), START.plusSeconds(7200));
    private static final Meaning SOON = new Meaning(1_000, false);
    private static final Meaning LATER = new Meaning(2_000, true);

    private final OpenedTickets tickets = new OpenedTickets();
    private JdkTicketKey key;
    private JdkTicketKey other;

    @BeforeEach
    void makeKeys() throws Exception {
        key = newKey();
        other = newKey();
    }

    private static JdkTicketKey newKey() throws Exception {
        KeyDerivation derivation = KeyDerivation.of("layout", Scope.of("", ClientAuth.NONE, List.of()));
        return JdkTicketKey.derive(TicketKey.random(TIMES, new SecureRandom()), derivation, SunJsseInternals.open());
    }

    @Test
    void areOnlyOf_keysOfTwoRings_needsAllOfThem() {
        assertThat(tickets.areOnlyOf(List.of())).as("no ticket").isTrue();
        tickets.add(1, new Opener(key, SOON));
        tickets.add(2, new Opener(other, LATER));

        assertThat(tickets.areOnlyOf(List.of(key))).isFalse();
        assertThat(tickets.areOnlyOf(List.of(other))).isFalse();
        assertThat(tickets.areOnlyOf(List.of(other, key))).isTrue();
    }

    @Test
    void earliestEnd_severalTickets_isOfTheFirstToEnd() {
        assertThat(tickets.earliestEnd()).isEmpty();
        tickets.add(2, new Opener(key, LATER));
        tickets.add(1, new Opener(key, SOON));

        assertThat(tickets.earliestEnd()).hasValue(1_000);
    }

    @Test
    void with_twoKeysOfOneNumber_isTheFirstThatOpened() {
        Opener first = new Opener(key, SOON);
        tickets.add(1, first);
        tickets.add(1, new Opener(other, LATER));

        assertThat(tickets.with(1)).containsSame(first);
        assertThat(tickets.with(2)).isEmpty();
    }

    @Test
    void derived_sameKeyAndMeaning_isTheSameUntilForgotten() {
        tickets.add(1, new Opener(key, SOON));
        PerNumberKey derived = tickets.derived(key, SOON).orElseThrow();

        assertThat(tickets.derived(key, SOON)).containsSame(derived);
        assertThat(tickets.derived(key, LATER)).isEmpty();
        assertThat(tickets.derived(other, SOON)).isEmpty();

        tickets.forgetDerived();

        assertThat(tickets.derived(key, SOON))
                .hasValueSatisfying(again -> assertThat(again)
                        .isNotSameAs(derived)
                        .extracting(PerNumberKey::getEncoded)
                        .isEqualTo(derived.getEncoded()));
        assertThat(tickets.earliestEnd()).as("a later ticket still needs it").hasValue(1_000);
    }

    @Test
    void derived_keyDestroyed_isEmptyUnlessItWasDerivedBefore() {
        Opener before = new Opener(key, SOON);
        assertThat(before.derived()).isPresent();

        key.destroy();

        assertThat(before.derived()).isPresent();
        assertThat(new Opener(key, SOON).derived()).isEmpty();
        before.forgetDerived();
        assertThat(before.derived()).isEmpty();
    }
}
