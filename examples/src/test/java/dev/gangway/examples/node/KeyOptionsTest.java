package dev.gangway.examples.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyOptionsTest {
    @Test
    void join_oneSource_isAsItIs() {
        assertThat(KeyOptions.join(List.of("random:"))).isEqualTo("random:");
    }

    @Test
    void join_severalFiles_areOneListInOrder() {
        assertThat(KeyOptions.join(List.of("file:a", "file:b", "file:c?allow=group")))
                .isEqualTo("file:a,b,c?allow=group");
    }

    @Test
    void join_fileAndRandom_isRefused() {
        assertThatThrownBy(() -> KeyOptions.join(List.of("file:a", "random:")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--keys");
    }
}
