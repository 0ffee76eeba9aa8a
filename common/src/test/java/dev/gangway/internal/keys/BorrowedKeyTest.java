package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BorrowedKeyTest {
    private final byte[] bytes = {0x51, 0x52, 0x53, 0x54};
    private final BorrowedKey key = new BorrowedKey("AES", bytes);

    @Test
    void getEncoded_key_isACopyOfTheCallersArray() {
        assertThat(key.getEncoded()).isEqualTo(bytes).isNotSameAs(bytes);
        assertThat(key.getAlgorithm()).isEqualTo("AES");
        assertThat(key.getFormat()).isEqualTo("RAW");

        bytes[0] = 0;

        assertThat(key.getEncoded()).isEqualTo(bytes);
    }

    @Test
    void toString_key_containsNoKeyMaterial() {
        assertThat(key).hasToString("BorrowedKey[AES]");
    }
}
