package dev.gangway.testing;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Rules that JUnit has for other tests but not for dynamic ones: a factory that makes no test fails, and each test has a
 * time limit. Active everywhere through junit-platform.properties and META-INF/services.
 */
public final class DynamicTestRules implements InvocationInterceptor {
    // Longer than the time limit for another JVM with tests, whose output is more informative.
    private static final Duration LIMIT = ForkedTests.TIMEOUT.plusMinutes(10);

    @Override
    @SuppressWarnings("unchecked")
    public <T> T interceptTestFactoryMethod(
            Invocation<T> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        T made = invocation.proceed();
        // JUnit accepts a list instead of a stream.
        T tests = made instanceof Stream<?> stream ? (T) stream.toList() : made;
        if (tests instanceof Collection<?> all && all.isEmpty()) {
            throw new AssertionError(method.getExecutable() + " has made no test");
        }
        return tests;
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext test, ExtensionContext context) {
        assertTimeoutPreemptively(LIMIT, invocation::proceed);
    }
}
