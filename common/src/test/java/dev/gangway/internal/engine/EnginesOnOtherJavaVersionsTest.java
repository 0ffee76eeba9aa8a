package dev.gangway.internal.engine;

import dev.gangway.testing.ForkedTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the engine tests again on each other Java release. */
class EnginesOnOtherJavaVersionsTest {
    @TestFactory
    Stream<DynamicTest> engineTests_otherJavaVersion_passThereToo() {
        return ForkedTests.onOtherJavaVersions("dev.gangway.internal.engine", "engine");
    }
}
