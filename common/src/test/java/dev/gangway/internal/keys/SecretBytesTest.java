package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class SecretBytesTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void destroy_secret_overwritesItsBytes() throws Exception {
        SecretBytes secret = SecretBytes.random(32, RANDOM);
        // The array itself, which is visible in a heap dump; callers only get copies.
        Field field = SecretBytes.class.getDeclaredField("bytes");
        field.setAccessible(true);
        byte[] bytes = (byte[]) field.get(secret);

        secret.destroy();

        assertThat(bytes).containsOnly(0);
        assertThat(secret.isDestroyed()).isTrue();
        assertThatThrownBy(secret::copy).hasMessage("this secret has been destroyed");
    }

    @Test
    void copy_changedByItsReceiver_changesNotTheSecret() {
        SecretBytes secret = SecretBytes.copyOf(new byte[] {1, 2, 3});

        secret.copy()[0] = 9;

        assertThat(secret.copy()).containsExactly(1, 2, 3);
    }

    @Test
    void random_bytes_comeFromTheGenerator() {
        assertThat(SecretBytes.random(32, RANDOM).copy())
                .hasSize(32)
                .isNotEqualTo(new byte[32])
                .isNotEqualTo(SecretBytes.random(32, RANDOM).copy());
    }

    @Test
    void sameAs_onlyEqualBytes_isTrueUntilOneIsDestroyed() {
        SecretBytes one = SecretBytes.copyOf(new byte[] {1, 2, 3});
        SecretBytes same = SecretBytes.copyOf(new byte[] {1, 2, 3});

        assertThat(one.sameAs(same)).isTrue();
        assertThat(one.sameAs(SecretBytes.copyOf(new byte[] {1, 2, 4}))).isFalse();

        same.destroy();

        assertThat(one.sameAs(same)).isFalse();
        assertThat(same.sameAs(one)).isFalse();
        assertThat(same.sameAs(same)).isFalse();
    }

    @Test
    void toString_secret_isItsLength() {
        SecretBytes secret = SecretBytes.random(32, RANDOM);
        assertThat(secret).hasToString("SecretBytes[32 bytes]");

        secret.destroy();

        assertThat(secret).hasToString("SecretBytes[destroyed]");
        assertThat(secret.length()).isEqualTo(32);
    }
}
