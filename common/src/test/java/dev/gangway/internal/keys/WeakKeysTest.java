package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeakKeysTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant T = Instant.parse("2026-06-01T00:00:00Z");
    private static final KeyTimes TIMES = new KeyTimes(T, T, T.plusSeconds(1), T.plusSeconds(1));

    @Test
    void of_randomSecrets_areTaken() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            assertThat(ScheduledKeyset.of(List.of(TicketKey.random(TIMES, RANDOM)))
                            .keys())
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 255})
    void of_secretIsAPlainPattern_isRefused(int step) {
        for (int start : new int[] {0, 1, 0x41, 0xff}) {
            byte[] pattern = new byte[32];
            for (int i = 0; i < pattern.length; i++) {
                pattern[i] = (byte) (start + i * step);
            }
            TicketKey key = TicketKey.scheduled(KeyName.random(RANDOM), SecretBytes.copyOf(pattern), TIMES);
            assertThatThrownBy(() -> ScheduledKeyset.of(List.of(key)))
                    .isInstanceOf(WeakKeyException.class)
                    .hasMessageContaining(key.name().shortForm())
                    .hasMessageContaining("pattern");
        }
    }

    @Test
    void of_oneSecretOrNameTwice_isRefused() {
        TicketKey one = TicketKey.random(TIMES, RANDOM);
        TicketKey sameSecret = TicketKey.scheduled(KeyName.random(RANDOM), one.secret(), TIMES);
        TicketKey sameName = TicketKey.scheduled(one.name(), SecretBytes.random(32, RANDOM), TIMES);

        assertThatThrownBy(() -> ScheduledKeyset.of(List.of(one, sameSecret)))
                .isInstanceOf(WeakKeyException.class)
                .hasMessageContaining("same secret");
        assertThatThrownBy(() -> ScheduledKeyset.of(List.of(one, sameName)))
                .isInstanceOf(WeakKeyException.class)
                .hasMessageContaining("two keys have the name");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 32, 48})
    void of_onePartOfARawKeyIsNoKey_isRefused(int offset) {
        byte[] raw = new byte[80];
        RANDOM.nextBytes(raw);
        Arrays.fill(raw, 16 + offset, 32 + offset, (byte) 0);

        assertThatThrownBy(() -> OrderedKeyset.of(List.of(TicketKey.raw(raw, false))))
                .isInstanceOf(WeakKeyException.class)
                .hasMessageContaining("at least in part, a simple pattern")
                .hasMessageContaining("openssl rand");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8, 11, 16})
    void of_secretRepeatsItself_isRefused(int period) {
        byte[] pattern = new byte[period];
        RANDOM.nextBytes(pattern);
        // Not all equal and not consecutive, which would be refused for those reasons.
        pattern[1] = (byte) (pattern[0] ^ 0x55);
        byte[] secret = new byte[32];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = pattern[i % period];
        }
        TicketKey key = TicketKey.scheduled(KeyName.random(RANDOM), SecretBytes.copyOf(secret), TIMES);

        assertThatThrownBy(() -> ScheduledKeyset.of(List.of(key)))
                .isInstanceOf(WeakKeyException.class)
                .hasMessageContaining("repeats a short pattern");
    }

    @Test
    void of_secretThatNearlyRepeatsItself_isTaken() throws Exception {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        System.arraycopy(secret, 0, secret, 16, 16);
        secret[31]++;

        assertThat(ScheduledKeyset.of(
                                List.of(TicketKey.scheduled(KeyName.random(RANDOM), SecretBytes.copyOf(secret), TIMES)))
                        .keys())
                .hasSize(1);
    }

    @Test
    void of_keyFromAnotherSoftwaresDocumentation_isRefused() {
        byte[] raw = HexFormat.of()
                .parseHex("08a0d852ef494143af613ef32d3c3931"
                        + "4758885f7108e9ab021d55f422a454f7c9cd5a53978f48fa1063eadcdc06878f");
        TicketKey asMaster = TicketKey.unscheduled(KeyName.random(RANDOM), SecretBytes.copyOf(raw));

        assertThatThrownBy(() -> OrderedKeyset.of(List.of(TicketKey.raw(raw, true))))
                .isInstanceOf(WeakKeyException.class)
                .hasMessageContaining("key 08a0d852 is published");
        assertThatThrownBy(() -> OrderedKeyset.of(List.of(asMaster)))
                .isInstanceOf(WeakKeyException.class)
                .hasMessageContaining("is published");
    }
}
