package dev.gangway.internal.engine.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicketSizeTest {
    /** A client of SunJSSE has its own limit, so a larger one of the server does not count. */
    @ParameterizedTest
    @CsvSource({"32768,28672", "65536,28672", "16384,12288", "4096,2048", "0,0"})
    void limit_leavesRoomForTheRestOfTheHello(int longestMessage, int limit) {
        assertThat(TicketSize.limit(longestMessage)).isEqualTo(limit);
    }
}
