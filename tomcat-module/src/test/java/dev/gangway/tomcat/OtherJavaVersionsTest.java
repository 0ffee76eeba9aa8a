package dev.gangway.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.testing.ForkedTests;
import dev.gangway.testing.JavaInstallations;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the tests with a real Tomcat once more on each other Java feature release this machine has. */
class OtherJavaVersionsTest {
    @TestFactory
    Stream<DynamicTest> containerTests_otherJavaVersion_passThereToo() {
        return JavaInstallations.othersOrSkip().stream()
                .map(java -> DynamicTest.dynamicTest(java.toString(), () -> {
                    ForkedTests.Result result = ForkedTests.run(java, "dev.gangway.tomcat", "container");
                    assertThat(result.exitCode()).as(result.output()).isZero();
                }));
    }
}
