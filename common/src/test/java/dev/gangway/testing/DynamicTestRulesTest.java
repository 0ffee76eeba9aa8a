package dev.gangway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DynamicTestRulesTest {
    @Test
    void factory_withoutTests_fails() throws Exception {
        ForkedTests.Result result = run(Factories.class.getName() + "#none");

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.output()).contains("none() has made no test");
    }

    @Test
    void factory_withTests_runsEach() throws Exception {
        ForkedTests.Result result = run(Factories.class.getName() + "#two");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).contains("2 tests successful");
    }

    private static ForkedTests.Result run(String method) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(JavaInstallations.running().java().toString()));
        command.addAll(ForkedTests.launcher("--select-method", method));
        return ForkedTests.run(command);
    }

    /** Run only by the tests above, in another JVM: the build does not run classes with such a name. */
    static final class Factories {
        @TestFactory
        Stream<DynamicTest> none() {
            return Stream.empty();
        }

        @TestFactory
        Stream<DynamicTest> two() {
            return Stream.of(DynamicTest.dynamicTest("a", () -> {}), DynamicTest.dynamicTest("b", () -> {}));
        }
    }
}
