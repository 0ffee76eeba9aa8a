package dev.gangway.internal.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.LogCapture;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class ConnectorLogTest {
    private final ConnectorLog log = new ConnectorLog("dev.gangway.test");

    @Test
    void tested_notYet_isLoggedOnceAndClaimsNoResumption() {
        try (LogCapture captured = new LogCapture()) {
            TestResult notYet = TestResult.notYet("no ticket key is active");
            log.tested(connector(notYet), null);
            log.tested(connector(notYet), notYet);

            assertThat(captured.at(Level.INFO)).isEmpty();
            assertThat(captured.at(Level.WARNING))
                    .containsExactly(
                            "Connector 127.0.0.1:8443 has not been tested through its socket, and will be tested"
                                    + " again: no ticket key is active");
        }
    }

    @Test
    void tested_failure_isLoggedOnceUntilItHasPassed() {
        try (LogCapture captured = new LogCapture()) {
            TestResult failed = TestResult.failed("it does not resume");
            TestResult passed = TestResult.throughSocket("a client resumed");
            log.tested(connector(failed), null);
            log.tested(connector(failed), failed);
            log.tested(connector(passed), failed);
            log.tested(connector(failed), passed);

            assertThat(captured.at(Level.SEVERE)).hasSize(2);
            assertThat(captured.at(Level.INFO)).hasSize(1);
        }
    }

    /** Otherwise a connector behind a firewall that closes later would count as one that could never be tested. */
    @Test
    void wasReached_testThatMetNoKeys_isTrueAsBeforeIt() {
        assertThat(connector(TestResult.notYet("no ticket key is active")).wasReached())
                .isTrue();
        assertThat(connector(TestResult.inMemoryOnly("closed")).wasReached()).isFalse();
    }

    private static ServedConnector connector(TestResult testResult) {
        return new ServedConnector(
                "127.0.0.1:8443", List.of("localhost"), "jdk", List.of("TLSv1.2", "TLSv1.3"), testResult);
    }
}
