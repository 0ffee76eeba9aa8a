package dev.gangway.internal.selftest;

import java.util.Comparator;
import java.util.List;

/**
 * One open connector that takes its ticket keys from a server's key manager.
 *
 * @param name its name, if it has one, and its address, such as {@code public 10.0.0.5:8443}
 * @param hosts the host names it has certificates or host configurations for
 * @param engine the TLS implementation: {@code jdk}, {@code conscrypt} or {@code openssl}
 * @param protocols the protocol versions with which it resumes sessions, the newest first
 * @param testResult how it was shown that it resumes
 */
public record ServedConnector(
        String name, List<String> hosts, String engine, List<String> protocols, TestResult testResult) {
    public ServedConnector {
        hosts = List.copyOf(hosts);
        protocols = protocols.stream().sorted(Comparator.reverseOrder()).toList();
    }

    /** Whether a test connected to it. Asked of a connector that has been tested: one that is to be repeated had got through. */
    public boolean wasReached() {
        return testResult.kind() == TestResult.Kind.THROUGH_SOCKET || testResult.isToBeRepeated();
    }
}
