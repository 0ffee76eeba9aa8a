package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketKeyTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant T = Instant.parse("2026-06-01T00:00:00Z");
    private static final KeyTimes TIMES = new KeyTimes(T, T.plusSeconds(10), T.plusSeconds(20), T.plusSeconds(30));

    @ParameterizedTest
    @ValueSource(ints = {48, 80})
    void raw_bytes_areNameThenSecretAndComeBackVerbatim(int length) {
        byte[] bytes = randomBytes(length);

        TicketKey key = TicketKey.raw(bytes, true);

        assertThat(key.name().toByteArray()).isEqualTo(Arrays.copyOf(bytes, 16));
        assertThat(key.secret().copy()).isEqualTo(Arrays.copyOfRange(bytes, 16, length));
        assertThat(key.verbatimBytes()).isEqualTo(bytes);
        assertThat(key.times()).isEmpty();
        assertThat(key.isVerbatim()).isTrue();
        assertThat(TicketKey.raw(bytes, false).isVerbatim()).isFalse();
    }

    @Test
    void raw_callerWipesItsArray_keyKeepsItsBytes() {
        byte[] bytes = randomBytes(48);
        byte[] given = bytes.clone();
        TicketKey key = TicketKey.raw(given, true);

        Arrays.fill(given, (byte) 0);

        assertThat(key.verbatimBytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 47, 49, 64, 79, 81})
    void raw_anyOtherLength_isRefused(int length) {
        assertThatThrownBy(() -> TicketKey.raw(new byte[length], false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a raw ticket key has 48 or 80 bytes, not " + length);
    }

    @Test
    void verbatimBytes_secretDestroyed_areGone() {
        TicketKey key = TicketKey.raw(randomBytes(48), true);

        key.secret().destroy();

        assertThatThrownBy(key::verbatimBytes).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void random_keys_haveTheFewestSecretBytesAllowedAndNothingInCommon() {
        TicketKey one = TicketKey.random(TIMES, RANDOM);
        TicketKey other = TicketKey.random(TIMES, RANDOM);

        assertThat(one.secret().length()).isEqualTo(TicketKey.MIN_SECRET_LENGTH);
        assertThat(one.times()).contains(TIMES);
        assertThat(one.isVerbatim()).isFalse();
        assertThat(one.name()).isNotEqualTo(other.name());
        assertThat(one.secret().sameAs(other.secret())).isFalse();
    }

    @Test
    void withTimes_key_differsInNothingElse() {
        TicketKey key = TicketKey.raw(randomBytes(48), true);

        TicketKey timed = key.withTimes(TIMES);

        assertThat(timed.times()).contains(TIMES);
        assertThat(timed.name()).isEqualTo(key.name());
        assertThat(timed.secret()).isSameAs(key.secret());
        assertThat(timed.isVerbatim()).isTrue();
    }

    @Test
    void toString_key_isItsShortNameAndItsTimes() {
        KeyName name = KeyName.parse("0a1b2c3d" + "00".repeat(12));
        SecretBytes secret = SecretBytes.random(32, RANDOM);

        assertThat(TicketKey.unscheduled(name, secret)).hasToString("TicketKey[0a1b2c3d]");
        assertThat(TicketKey.scheduled(name, secret, TIMES)).hasToString("TicketKey[0a1b2c3d, " + TIMES + "]");
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
