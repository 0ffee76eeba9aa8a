package dev.gangway.internal.selftest;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What the self-test has found about each open connector of a server. A result counts only if the connector was open
 * during the whole test; a test that has not passed is repeated on the running server.
 *
 * @param <C> the container's type of connector
 */
public final class TestedConnectors<C> {
    /** What differs between containers. */
    public interface Container<C> {
        /** The open connectors that are to be tested. */
        Stream<C> connectors();

        /**
         * Tests one connector.
         *
         * @param wasReached whether an earlier test connected to it
         */
        TestResult test(C connector, boolean wasReached);

        ServedConnector describe(C connector, TestResult testResult);
    }

    private final Container<C> container;
    private final ConnectorLog log;
    private final Map<C, ServedConnector> results = new ConcurrentHashMap<>();
    // A mark for each time that a connector is open, from its start or first test to its stop.
    private final Map<C, Object> openings = new ConcurrentHashMap<>();
    private volatile Optional<Retries> retries = Optional.empty();

    public TestedConnectors(Container<C> container, ConnectorLog log) {
        this.container = container;
        this.log = log;
    }

    /** Starts repeating tests that have not passed. */
    public void begin(Duration pause) {
        retries = Optional.of(new Retries(this::repeat, pause));
    }

    /** Stops repeating tests, and forgets all connectors: they may be others after the next start. */
    public void end() {
        retries.ifPresent(Retries::close);
        retries = Optional.empty();
        results.clear();
        openings.clear();
    }

    /** Runs {@code task} soon, on the thread of the repetitions; not at all after {@link #end}. */
    public void soon(Runnable task) {
        retries.ifPresent(worker -> worker.soon(task));
    }

    /** The result of the last test. Empty if the connector has not been tested since it was opened. */
    public Optional<ServedConnector> lastOf(C connector) {
        return Optional.ofNullable(results.get(connector));
    }

    /** Whether any connector has been tested. */
    public boolean hasAny() {
        return !results.isEmpty();
    }

    /** Called when a connector begins to stop: a test that is running now says nothing about it. */
    public void closing(C connector) {
        openings.remove(connector);
    }

    /** Called when a connector has stopped or has been removed. */
    public void closed(C connector) {
        openings.remove(connector);
        results.remove(connector);
    }

    /** Tests a connector that has just been opened. What follows from a failure is the caller's decision. */
    public void testOpened(C connector) {
        openings.putIfAbsent(connector, new Object());
        test(connector);
    }

    /** Tests a connector of a running server, and repeats the test until it passes. */
    public void testRunning(C connector) {
        testOpened(connector);
        repeatIfNeeded(connector);
    }

    /** Tests again those that have been tested, after a change of their context or settings. */
    public void testAgain() {
        container.connectors().filter(results::containsKey).forEach(connector -> {
            test(connector);
            repeatIfNeeded(connector);
        });
    }

    /** Why a connector does not resume, as a sentence. Empty if the last test has not failed. */
    public Optional<String> failureOf(C connector) {
        return lastOf(connector)
                .filter(last -> last.testResult().kind() == TestResult.Kind.FAILED)
                .map(last -> "connector " + last.name() + " does not resume TLS sessions from tickets: "
                        + last.testResult().detail());
    }

    private void repeatIfNeeded(C connector) {
        if (isToBeRepeated(connector)) {
            retries.ifPresent(Retries::begin);
        }
    }

    private boolean repeat() {
        container.connectors().filter(this::isToBeRepeated).forEach(this::test);
        return container.connectors().noneMatch(this::isToBeRepeated);
    }

    private boolean isToBeRepeated(C connector) {
        return lastOf(connector)
                .filter(last -> last.testResult().isToBeRepeated())
                .isPresent();
    }

    private void test(C connector) {
        Optional<ServedConnector> before = lastOf(connector);
        Object opening = openings.get(connector);
        TestResult found = testResultOf(
                connector, before.filter(ServedConnector::wasReached).isPresent());
        boolean isStillOpen = opening != null
                && openings.get(connector) == opening
                && container.connectors().anyMatch(connector::equals);
        // The thread is interrupted when the server stops.
        if (isStillOpen && !Thread.currentThread().isInterrupted()) {
            ServedConnector now = container.describe(connector, found);
            results.put(connector, now);
            if (openings.get(connector) != opening) {
                // It has been closed in the meantime, and nothing else would remove the result.
                results.remove(connector, now);
                return;
            }
            log.tested(now, before.map(ServedConnector::testResult).orElse(null));
            if (found.kind() == TestResult.Kind.NOT_YET) {
                retries.ifPresent(Retries::begin);
            }
        }
    }

    // After any exception the state must change too.
    private TestResult testResultOf(C connector, boolean wasReached) {
        try {
            return container.test(connector, wasReached);
        } catch (RuntimeException | Error e) {
            return TestResult.failed("the test ended with " + e);
        }
    }
}
