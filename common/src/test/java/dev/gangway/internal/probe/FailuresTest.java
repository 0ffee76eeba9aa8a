package dev.gangway.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void description_ofAFailureWithoutMessage_isItsType() {
        assertThat(Failures.describe(new IOException())).isEqualTo("java.io.IOException");
        assertThat(Failures.describe(new IOException("Connection refused"))).isEqualTo("connection refused");
    }
}
