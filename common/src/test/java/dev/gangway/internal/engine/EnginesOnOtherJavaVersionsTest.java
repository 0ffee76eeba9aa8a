package dev.gangway.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.JavaInstallations;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the engine tests once more on each other Java feature release this machine has. */
class EnginesOnOtherJavaVersionsTest {
    @TestFactory
    Stream<DynamicTest> engineTests_otherJavaVersion_passThereToo() {
        return JavaInstallations.othersOrSkip().stream()
                .map(java -> DynamicTest.dynamicTest(java.toString(), () -> {
                    ForkedTests.Result result = ForkedTests.run(java, "dev.gangway.internal.engine", "engine");
                    assertThat(result.exitCode()).as(result.output()).isZero();
                    // Shows in the build's log which version really ran.
                    System.out.println(java + " at " + java.home() + ":\n" + result.output());
                }));
    }
}
