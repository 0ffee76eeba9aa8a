package dev.gangway.tomcat;

import dev.gangway.testing.ForkedTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the tests with a real Tomcat again on each other Java release. */
class OtherJavaVersionsTest {
    @TestFactory
    Stream<DynamicTest> containerTests_otherJavaVersion_passThereToo() {
        return ForkedTests.onOtherJavaVersions("dev.gangway.tomcat", "container");
    }
}
