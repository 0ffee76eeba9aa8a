package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class WrappingKeyTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] PLAIN = "the keys".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEAD = "version=1".getBytes(StandardCharsets.US_ASCII);

    private final SecretBytes secret = SecretBytes.random(32, RANDOM);
    private final WrappingKey key = WrappingKey.of(secret);

    @Test
    void unwrap_anotherNodesKeyOfTheSameSecret_givesThePlainBytes() throws Exception {
        byte[] wrapped = key.wrap(PLAIN, HEAD, RANDOM);
        assertThat(WrappingKey.of(secret).unwrap(wrapped, HEAD)).isEqualTo(PLAIN);
        assertThat(wrapped).hasSize(12 + PLAIN.length + 16);
        assertThat(key.wrap(PLAIN, HEAD, RANDOM)).isNotEqualTo(wrapped);
        assertThat(key.id()).hasSize(16).isEqualTo(WrappingKey.of(secret).id());
    }

    @Test
    void unwrap_anyByteChanged_fails() throws Exception {
        byte[] wrapped = key.wrap(PLAIN, HEAD, RANDOM);
        for (int i = 0; i < wrapped.length; i++) {
            byte[] changed = wrapped.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> key.unwrap(changed, HEAD)).isInstanceOf(GeneralSecurityException.class);
        }
        byte[] otherHead = "version=2".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> key.unwrap(wrapped, otherHead)).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> key.unwrap(new byte[11], HEAD)).isInstanceOf(GeneralSecurityException.class);
        WrappingKey other = WrappingKey.of(SecretBytes.random(32, RANDOM));
        assertThat(other.id()).isNotEqualTo(key.id());
        assertThatThrownBy(() -> other.unwrap(wrapped, HEAD)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void destroy_key_cannotBeUsedAnyMore() {
        assertThat(key.toString()).isEqualTo("WrappingKey[" + key.id() + "]");
        assertThat(key.isDestroyed()).isFalse();
        key.destroy();
        assertThat(key.isDestroyed()).isTrue();
        assertThatThrownBy(() -> key.wrap(PLAIN, HEAD, RANDOM)).isInstanceOf(IllegalStateException.class);
    }
}
