package dev.gangway.internal.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.internal.manager.ManagerStatus.State;
import dev.gangway.internal.manager.Serving;
import dev.gangway.testing.FixedConnectors;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServingStateTest {
    private static final TestResult PROVEN = TestResult.throughSocket("a client resumed");

    @Test
    void of_allTested_isSharing() {
        assertThat(of(1, List.of(), connector("a", PROVEN), connector("b", TestResult.inMemoryOnly("no socket"))))
                .isEqualTo(Serving.ALL);
    }

    @Test
    void of_noContext_isNotSharing() {
        Serving serving = of(0, List.of(), connector("a", PROVEN));
        assertThat(serving.state()).isEqualTo(State.NOT_SHARING);
        assertThat(serving.fault()).contains("no TLS context has these keys: start one");
    }

    @Test
    void of_noConnector_isNotTested() {
        Serving serving = of(1, List.of());
        assertThat(serving.state()).isEqualTo(State.NOT_TESTED);
        assertThat(serving.fault()).contains("no connector is known: start one");
    }

    @Test
    void of_oneNotTestedYet_isNotTestedAndNamesIt() {
        Serving serving = of(1, List.of(), connector("a", PROVEN), connector("b", TestResult.NOT_YET));
        assertThat(serving.state()).isEqualTo(State.NOT_TESTED);
        assertThat(serving.fault())
                .hasValueSatisfying(fault -> assertThat(fault).contains("connector b"));
    }

    @Test
    void of_oneFailedAndOneNotServed_namesBoth() {
        Serving serving = of(
                2,
                List.of("connector c uses TLS without Gangway"),
                connector("a", PROVEN),
                connector("b", TestResult.failed("no answer")));
        assertThat(serving.state()).isEqualTo(State.CONNECTOR_NOT_SHARING);
        assertThat(serving.fault())
                .contains(
                        "connector b does not resume sessions: no answer; also: connector c uses TLS without Gangway");
    }

    private static Serving of(int contexts, List<String> notServed, ServedConnector... served) {
        return ServingState.of(new FixedConnectors(List.of(served), notServed), contexts);
    }

    private static ServedConnector connector(String name, TestResult testResult) {
        return new ServedConnector(name, List.of(), "jdk", List.of("TLSv1.3"), testResult);
    }
}
