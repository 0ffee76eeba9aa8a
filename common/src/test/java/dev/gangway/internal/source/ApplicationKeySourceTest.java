package dev.gangway.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.KeySource;
import dev.gangway.KeySourceException;
import dev.gangway.internal.keys.Keyset;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ApplicationKeySourceTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private final byte[] key = new byte[80];
    private final Vault vault = new Vault();
    private final ApplicationKeySource source = ApplicationKeySource.of(vault);

    ApplicationKeySourceTest() {
        new SecureRandom().nextBytes(key);
        vault.content = key.clone();
    }

    @Test
    void loadIfChanged_sameContentAgain_givesNothingUntilForgotten() throws Exception {
        Keyset first = source.loadIfChanged(NOW).orElseThrow();
        vault.content = key.clone();
        assertThat(source.loadIfChanged(NOW)).isEmpty();

        source.forgetLast();
        vault.content = key.clone();

        assertThat(source.loadIfChanged(NOW).orElseThrow().ringAt(NOW).digest())
                .isEqualTo(first.ringAt(NOW).digest());
    }

    @Test
    void loadIfChanged_anyContent_isWiped() throws Exception {
        source.loadIfChanged(NOW);
        assertThat(vault.content).containsOnly(0);

        byte[] garbage = {1, 2, 3};
        vault.content = garbage;
        assertThatThrownBy(() -> source.loadIfChanged(NOW))
                .isInstanceOf(KeySourceException.class)
                .hasMessageContaining("vault:gangway");
        assertThat(garbage).containsOnly(0);
    }

    @Test
    void loadIfChanged_noContent_isRefusedByName() {
        vault.content = null;

        assertThatThrownBy(() -> source.loadIfChanged(NOW))
                .isInstanceOf(KeySourceException.class)
                .hasMessageStartingWith("vault:gangway returned null");
        assertThatThrownBy(() -> ApplicationKeySource.of(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("source");
    }

    /** Gives its array itself, so that a test sees what becomes of it. */
    private static final class Vault implements KeySource {
        byte[] content;

        @Override
        public byte[] read() {
            return content;
        }

        @Override
        public String name() {
            return "vault:gangway";
        }
    }
}
