package dev.gangway.internal.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestedConnectorsTest {
    private static final TestResult PASSED = TestResult.throughSocket("a client resumed");
    private static final TestResult FAILED = TestResult.failed("it is closed");

    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private volatile Function<String, TestResult> test = connector -> PASSED;
    private final TestedConnectors<String> connectors =
            new TestedConnectors<>(new Container(), new ConnectorLog("dev.gangway.test"));

    @AfterEach
    void end() {
        connectors.end();
    }

    @Test
    void testOpened_thatPasses_isTheLastResultAndNoFailure() {
        open.add("a");
        connectors.testOpened("a");
        assertThat(connectors.lastOf("a").orElseThrow().testResult()).isEqualTo(PASSED);
        assertThat(connectors.failureOf("a")).isEmpty();
    }

    @Test
    void testOpened_thatFailsOrThrows_namesTheConnectorAndTheReason() {
        open.add("a");
        test = connector -> FAILED;
        connectors.testOpened("a");
        assertThat(connectors.failureOf("a"))
                .contains("connector a does not resume TLS sessions from tickets: it is closed");
        test = connector -> {
            throw new IllegalStateException("no address");
        };
        connectors.testOpened("a");
        assertThat(connectors.failureOf("a").orElseThrow()).contains("no address");
    }

    @Test
    void testRunning_failsFirst_isRepeatedUntilItPasses() throws Exception {
        open.add("a");
        connectors.begin(Duration.ofMillis(1));
        test = connector -> count.get() < 3 ? FAILED : PASSED;
        connectors.testRunning("a");
        Await.until("the test passes", () -> connectors.failureOf("a").isEmpty());
        assertThat(count).hasValue(3);
    }

    @Test
    void test_connectorClosedDuringIt_leavesNoResult() {
        open.add("a");
        connectors.begin(Duration.ofMillis(1));
        test = connector -> {
            open.remove(connector);
            connectors.closing(connector);
            connectors.closed(connector);
            return FAILED;
        };
        connectors.testRunning("a");
        assertThat(connectors.lastOf("a")).isEmpty();
        assertThat(connectors.failureOf("a")).isEmpty();
    }

    @Test
    void test_connectorClosedAndOpenedAgainDuringIt_leavesTheResultOfTheNewOpening() {
        open.add("a");
        test = connector -> {
            test = again -> PASSED;
            connectors.closed(connector);
            connectors.testOpened(connector);
            return FAILED;
        };
        connectors.testOpened("a");
        assertThat(connectors.lastOf("a").orElseThrow().testResult()).isEqualTo(PASSED);
    }

    @Test
    void testAgain_onlyThoseThatWereTested_areTested() {
        open.addAll(Set.of("a", "b"));
        connectors.testOpened("a");
        connectors.testAgain();
        assertThat(count).hasValue(2);
        assertThat(connectors.lastOf("b")).isEmpty();
        assertThat(connectors.hasAny()).isTrue();
    }

    @Test
    void end_forgetsAllAndRepeatsNothing() {
        open.add("a");
        connectors.begin(Duration.ofDays(1));
        connectors.testOpened("a");
        connectors.end();
        assertThat(connectors.hasAny()).isFalse();
        connectors.soon(count::incrementAndGet);
        assertThat(count).hasValue(1);
    }

    private final class Container implements TestedConnectors.Container<String> {
        @Override
        public Stream<String> connectors() {
            return open.stream();
        }

        @Override
        public TestResult test(String connector, boolean wasReached) {
            count.incrementAndGet();
            return test.apply(connector);
        }

        @Override
        public ServedConnector describe(String connector, TestResult testResult) {
            return new ServedConnector(connector, List.of(), "jdk", List.of(), testResult);
        }
    }
}
