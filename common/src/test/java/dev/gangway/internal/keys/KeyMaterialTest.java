package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.ClientAuth;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class KeyMaterialTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant T = Instant.parse("2026-06-01T00:00:00Z");
    private static final KeyTimes TIMES = new KeyTimes(T, T.plusSeconds(10), T.plusSeconds(20), T.plusSeconds(30));

    @Test
    void toString_ofEverythingThatHoldsAKey_containsNoKeyMaterial() throws Exception {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        TicketKey key = TicketKey.scheduled(KeyName.random(RANDOM), SecretBytes.copyOf(secret), TIMES);
        Keyset keyset = ScheduledKeyset.of(List.of(key));
        String shown = key + " " + key.secret() + " " + keyset + " " + keyset.keys() + " " + keyset.ringAt(T) + " "
                + keyset.ringAt(T).accepted();

        for (int i = 0; i + 4 <= secret.length; i++) {
            assertThat(shown).doesNotContainIgnoringCase(HexFormat.of().formatHex(secret, i, i + 4));
            assertThat(shown).doesNotContain(Arrays.toString(Arrays.copyOfRange(secret, i, i + 4)));
        }
    }

    @Test
    void secret_destroyed_givesNothingAndIsLikeNothing() {
        SecretBytes secret = SecretBytes.random(32, RANDOM);
        SecretBytes same = SecretBytes.copyOf(secret.copy());
        assertThat(secret.sameAs(same)).isTrue();

        secret.destroy();
        secret.destroy();

        assertThat(secret.isDestroyed()).isTrue();
        assertThat(secret.length()).isEqualTo(32);
        assertThat(secret.sameAs(same)).isFalse();
        assertThat(secret).hasToString("SecretBytes[destroyed]");
        assertThatThrownBy(secret::copy).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void key_shortSecret_isRefused() {
        assertThatThrownBy(() -> TicketKey.scheduled(KeyName.random(RANDOM), SecretBytes.random(31, RANDOM), TIMES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("31 bytes; at least 32");
    }

    @Test
    void times_outOfOrder_areRefused() {
        Instant later = T.plusSeconds(1);
        assertThatThrownBy(() -> new KeyTimes(later, T, later, later)).hasMessageContaining("before it is accepted");
        assertThatThrownBy(() -> new KeyTimes(T, later, later, later)).hasMessageContaining("not before retire-at");
        assertThatThrownBy(() -> new KeyTimes(T, T, later, T)).hasMessageContaining("after destroy-at");
    }

    @Test
    void ring_overOneKeysLife_acceptsSealsAcceptsAndForgets() throws Exception {
        Keyset keyset = ScheduledKeyset.of(List.of(TicketKey.random(TIMES, RANDOM)));

        assertThat(keyset.ringAt(T.minusMillis(1)).accepted()).isEmpty();
        assertThat(keyset.ringAt(T).active()).isEmpty();
        assertThat(keyset.ringAt(T).acceptOnly()).hasSize(1);
        assertThat(keyset.ringAt(TIMES.activateAt()).active()).isPresent();
        assertThat(keyset.ringAt(TIMES.activateAt()).acceptOnly()).isEmpty();
        assertThat(keyset.ringAt(TIMES.retireAt()).active()).isEmpty();
        assertThat(keyset.ringAt(TIMES.retireAt()).acceptOnly()).hasSize(1);
        assertThat(keyset.ringAt(TIMES.destroyAt()).accepted()).isEmpty();
        assertThat(keyset.nextChangeAfter(T)).contains(TIMES.activateAt());
        assertThat(keyset.nextChangeAfter(TIMES.retireAt())).contains(TIMES.destroyAt());
        assertThat(keyset.nextChangeAfter(TIMES.destroyAt())).isEmpty();
    }

    @Test
    void ringDigest_sameKeysInOtherOrder_isEqualAndOtherRolesAreNot() throws Exception {
        TicketKey a = TicketKey.random(TIMES, RANDOM);
        TicketKey b =
                TicketKey.random(new KeyTimes(T, T.plusSeconds(20), T.plusSeconds(30), T.plusSeconds(40)), RANDOM);
        KeyRing ab = ScheduledKeyset.of(List.of(a, b)).ringAt(T.plusSeconds(12));
        KeyRing ba = ScheduledKeyset.of(List.of(b, a)).ringAt(T.plusSeconds(12));
        KeyRing later = ScheduledKeyset.of(List.of(a, b)).ringAt(T.plusSeconds(22));

        assertThat(ab.digest()).isEqualTo(ba.digest()).hasSize(16).isNotEqualTo(later.digest());
    }

    @Test
    void derivedKeys_otherLayoutScopeOrPurpose_areAllDifferent() {
        TicketKey key = TicketKey.random(TIMES, RANDOM);
        Scope scope = Scope.of("", ClientAuth.NONE, List.of());
        Scope other = Scope.of("a", ClientAuth.NONE, List.of());
        List<String> derived = List.of(
                hex(KeyDerivation.of("l", scope).derive(key, "p", 32)),
                hex(KeyDerivation.of("m", scope).derive(key, "p", 32)),
                hex(KeyDerivation.of("l", other).derive(key, "p", 32)),
                hex(KeyDerivation.of("l", scope).derive(key, "q", 32)),
                hex(KeyDerivation.of("l", scope).derive(TicketKey.random(TIMES, RANDOM), "p", 32)));

        assertThat(derived).doesNotHaveDuplicates();
        assertThat(hex(KeyDerivation.of("l", scope).derive(key, "p", 32))).isEqualTo(derived.get(0));
    }

    @Test
    void derivedKey_knownSecret_isTheRfc5869Expansion() throws Exception {
        // Extract and expand, computed with HMAC only: one block of output.
        byte[] secret = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e20");
        KeyName name = KeyName.parse("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
        byte[] prk = hmac(name.toByteArray(), secret);
        byte[] info = "gangway/2\0layout\0name=;client-auth=NONE\0seal".getBytes(StandardCharsets.UTF_8);
        byte[] block = Arrays.copyOf(info, info.length + 1);
        block[info.length] = 1;

        TicketKey key = TicketKey.unscheduled(name, SecretBytes.copyOf(secret));
        byte[] derived = KeyDerivation.of("layout", Scope.of("", ClientAuth.NONE, List.of()))
                .derive(key, "seal", 32);

        assertThat(derived).isEqualTo(hmac(prk, block));
    }

    private static byte[] hmac(byte[] key, byte[] message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
