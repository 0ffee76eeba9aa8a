package dev.gangway.jetty;

import dev.gangway.testing.ForkedTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the tests with a real Jetty again on each other Java release. */
class OtherJavaVersionsTest {
    @TestFactory
    Stream<DynamicTest> containerTests_otherJavaVersion_passThereToo() {
        return ForkedTests.onOtherJavaVersions("dev.gangway.jetty", "container");
    }
}
