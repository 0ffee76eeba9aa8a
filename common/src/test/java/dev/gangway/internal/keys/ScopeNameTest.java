package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "partners", "shop-1.example", "Kunden A/B", "größe", "顧客"})
    void require_name_isTaken(String name) {
        assertThatCode(() -> ScopeName.require(name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "' '|scope ' ' is blank; leave it empty",
                "' partners'|scope ' partners' has spaces around it; did you mean 'partners'?",
                "'partners '|did you mean 'partners'?",
                "${env.SCOPE}|scope '${env.SCOPE}' contains the placeholder ${env.SCOPE}, which was not replaced",
                "a${x|contains the placeholder ${x",
                "a;client-auth=NONE|scope 'a;client-auth=NONE' contains ';' or '='",
                "a=b|contains ';' or '='",
            })
    void require_whatCannotBeMeant_isRefusedWithItsValue(String name, String message) {
        assertThatThrownBy(() -> ScopeName.require(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\tb", "a\u0000b", "a\u200Bb", "a\u202Eb", "a\u2028b", "a\uD800b", "a\u007Fb"})
    void require_whatCannotBeSeen_isRefusedAndShownOnOneLine(String name) {
        assertThatThrownBy(() -> ScopeName.require(name))
                .hasMessage("scope 'a\uFFFDb' contains control characters or other invisible characters; remove them");
    }

    @Test
    void require_tooLongOrNone_isRefused() {
        assertThatCode(() -> ScopeName.require("x".repeat(100))).doesNotThrowAnyException();
        assertThatThrownBy(() -> ScopeName.require("x".repeat(101)))
                .hasMessageContaining("has 101 characters; use 100 at most");
        assertThatThrownBy(() -> ScopeName.require(null)).hasMessageContaining("scope is null");
    }
}
