package dev.gangway.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestNameTest {
    private static final List<String> NAMES =
            List.of("keys", "engine", "ticketLifetime", "pollInterval", "scope", "requestAttributes");

    @ParameterizedTest
    @CsvSource({
        "scpoe,scope",
        "scop,scope",
        "scopee,scope",
        "skope,scope",
        "Scope,scope",
        "' scope ',scope",
        "key,keys",
        "kyes,keys",
        "tiketlifetim,ticketLifetime",
        "TicketLifeTime,ticketLifetime",
        "lifetime,ticketLifetime",
        "poll,pollInterval",
        "requestAttribute,requestAttributes",
        "gangway.engine,engine",
    })
    void of_slipOrPart_isTheNameThatIsMeant(String written, String meant) {
        assertThat(NearestName.of(written, NAMES)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "port", "certificate", "sco", "enabled"})
    void of_somethingElse_isNothing(String written) {
        assertThat(NearestName.of(written, NAMES)).isEmpty();
        assertThat(NearestName.hint(written, NAMES)).isEmpty();
    }

    @Test
    void of_severalNear_isTheNearest() {
        assertThat(NearestName.of("allow=gruop", List.of("allow=anyone", "allow=group")))
                .contains("allow=group");
        assertThat(NearestName.of("file", List.of("fill", "file"))).contains("file");
    }

    @Test
    void of_swappedNeighbours_areOneSlip() {
        assertThat(NearestName.of("nwe", List.of("new"))).contains("new");
        assertThat(NearestName.of("wne", List.of("new"))).as("two swaps").isEmpty();
    }

    @Test
    void hint_nearName_asksForIt() {
        assertThat(NearestName.hint("opensll", List.of("jdk", "openssl"))).isEqualTo("; did you mean 'openssl'?");
    }
}
