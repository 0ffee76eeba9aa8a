package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant T = Instant.parse("2026-06-01T00:00:00Z");
    private static final KeyTimes NOW = new KeyTimes(T, T, T.plusSeconds(10), T.plusSeconds(20));
    private static final KeyTimes NEXT = new KeyTimes(T, T.plusSeconds(10), T.plusSeconds(20), T.plusSeconds(30));

    private final TicketKey a = key("a", NOW);
    private final TicketKey b = key("b", NEXT);
    private final TicketKey c = key("c", NEXT);

    @Test
    void accepted_activeAndOthers_startsWithTheActiveOne() {
        assertThat(ring(b, a, c).accepted()).containsExactly(b, a, c);
        assertThat(ring(null, c, a).accepted()).containsExactly(c, a);
        assertThat(KeyRing.EMPTY.accepted()).isEmpty();
    }

    @Test
    void accepted_name_isTheKeyOfThatName() {
        KeyRing ring = ring(b, a);

        assertThat(ring.accepted(b.name())).containsSame(b);
        assertThat(ring.accepted(a.name())).containsSame(a);
        assertThat(ring.accepted(c.name())).isEmpty();
        assertThat(ring(null, c).accepted(c.name())).containsSame(c);
    }

    @Test
    void digest_keys_isTheStartOfTheSha256OfNamesAndRoles() throws Exception {
        assertThat(ring(a, c, b).digest()).isEqualTo(sha256(a.name() + "|" + b.name() + "," + c.name()));
        assertThat(ring(null, b).digest()).isEqualTo(sha256("-|" + b.name()));
        assertThat(KeyRing.EMPTY.digest()).isEqualTo(sha256("-|"));
    }

    @Test
    void digest_otherSecretsOrTimes_isTheSame() {
        assertThat(ring(key("a", NEXT), b).digest()).isEqualTo(ring(a, b).digest());
    }

    @Test
    void sameAs_keysOfTheSameNamesTimesAndRoles_isTrue() {
        assertThat(ring(a, b).sameAs(ring(key("a", NOW), key("b", NEXT)))).isTrue();
        assertThat(KeyRing.EMPTY.sameAs(ring(null))).isTrue();
    }

    @Test
    void sameAs_oneKeyWithOtherTimes_isFalse() {
        assertThat(ring(a, b).sameAs(ring(a.withTimes(NEXT), b))).isFalse();
        assertThat(ring(a, b).sameAs(ring(a, b.withTimes(NOW)))).isFalse();
    }

    @Test
    void sameAs_otherKeysOrRoles_isFalse() {
        assertThat(ring(a, b).sameAs(ring(c, b))).isFalse();
        assertThat(ring(a, b).sameAs(ring(a, c))).isFalse();
        assertThat(ring(a, b).sameAs(ring(b, a))).isFalse();
        assertThat(ring(a, b).sameAs(ring(a))).isFalse();
        assertThat(ring(a).sameAs(KeyRing.EMPTY)).isFalse();
    }

    @Test
    void sealingAt_keyWithoutTimes_sealsAlways() {
        TicketKey ordered = TicketKey.unscheduled(name("d"), SecretBytes.random(32, RANDOM));

        assertThat(ring(ordered).sealingAt(Instant.MIN)).contains(ordered);
        assertThat(ring(ordered).sealingAt(Instant.MAX)).contains(ordered);
    }

    @Test
    void sealingAt_timePasses_movesOnToTheNextKeyAndThenToNone() {
        KeyRing ring = ring(a, b);

        assertThat(ring.sealingAt(T.minusNanos(1))).isEmpty();
        assertThat(ring.sealingAt(T)).contains(a);
        assertThat(ring.sealingAt(T.plusSeconds(10).minusNanos(1))).contains(a);
        assertThat(ring.sealingAt(T.plusSeconds(10))).contains(b);
        assertThat(ring.sealingAt(T.plusSeconds(20))).isEmpty();
    }

    @Test
    void sealingAt_noActiveKeyYet_isTheOneWhoseTimeHasCome() {
        assertThat(ring(null, b).sealingAt(T)).isEmpty();
        assertThat(ring(null, b).sealingAt(T.plusSeconds(10))).contains(b);
        assertThat(KeyRing.EMPTY.sealingAt(T)).isEmpty();
    }

    @Test
    void sealingAt_twoMayThen_isTheSameOneInAnyOrder() {
        assertThat(ring(a, b, c).sealingAt(T.plusSeconds(10))).contains(c);
        assertThat(ring(a, c, b).sealingAt(T.plusSeconds(10))).contains(c);
    }

    @Test
    void sealingAt_keyDestroyed_isNotThatOne() {
        b.secret().destroy();

        assertThat(ring(a, b).sealingAt(T.plusSeconds(10))).isEmpty();
    }

    @Test
    void notYetAccepted_ofAKeyset_areTheKeysBeforeTheirTimeAndDoNothing() throws Exception {
        TicketKey later =
                key("d", new KeyTimes(T.plusSeconds(5), T.plusSeconds(10), T.plusSeconds(20), T.plusSeconds(30)));
        ScheduledKeyset keyset = ScheduledKeyset.of(List.of(a, later));
        KeyRing before = keyset.ringAt(T.plusSeconds(5).minusNanos(1));

        assertThat(before.notYetAccepted()).containsExactly(later);
        assertThat(before.known()).containsExactly(a, later);
        assertThat(before.accepted()).containsExactly(a);
        assertThat(before.digest()).isEqualTo(ring(a).digest());
        assertThat(before.sameAs(ring(a))).isTrue();
        assertThat(before.sealingAt(T.plusSeconds(10))).isEmpty();
        assertThat(keyset.ringAt(T.plusSeconds(5)).notYetAccepted()).isEmpty();
        assertThat(keyset.ringAt(T.plusSeconds(5)).known()).containsExactly(a, later);
        assertThat(ring(a, b).notYetAccepted()).isEmpty();
    }

    @Test
    void notYetAccepted_keyDestroyedBeforeItsTime_isNotOneOfThem() throws Exception {
        TicketKey later =
                key("d", new KeyTimes(T.plusSeconds(5), T.plusSeconds(10), T.plusSeconds(20), T.plusSeconds(30)));
        ScheduledKeyset keyset = ScheduledKeyset.of(List.of(a, later));
        later.secret().destroy();

        assertThat(keyset.ringAt(T).known()).containsExactly(a);
    }

    @Test
    void toString_keys_namesThemShortWithTheirRoles() {
        assertThat(ring(a, b, c))
                .hasToString("active %s, accept-only [%s, %s]"
                        .formatted(
                                a.name().shortForm(),
                                b.name().shortForm(),
                                c.name().shortForm()));
        assertThat(KeyRing.EMPTY).hasToString("active none, accept-only []");
    }

    private static KeyRing ring(TicketKey active, TicketKey... acceptOnly) {
        return KeyRing.of(Optional.ofNullable(active), List.of(acceptOnly));
    }

    private static TicketKey key(String digit, KeyTimes times) {
        return TicketKey.scheduled(name(digit), SecretBytes.random(32, RANDOM), times);
    }

    private static KeyName name(String digit) {
        return KeyName.parse(digit.repeat(32));
    }

    private static String sha256(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(digest, 0, 8);
    }
}
