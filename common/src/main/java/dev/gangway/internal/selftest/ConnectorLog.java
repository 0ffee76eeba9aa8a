package dev.gangway.internal.selftest;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** Logs one line for each connector that was tested, and for each that does not share tickets. */
public final class ConnectorLog {
    private final Logger log;

    /** @param name of the logger */
    public ConnectorLog(String name) {
        this.log = System.getLogger(name);
    }

    /**
     * Logs the result of a test. A failure that persists is logged once, and so is a test that cannot be done yet.
     *
     * @param before the result of the previous test; null if there was none
     */
    public void tested(ServedConnector connector, TestResult before) {
        boolean persists =
                before != null && before.kind() == connector.testResult().kind();
        switch (connector.testResult().kind()) {
            case THROUGH_SOCKET -> info(connector, "Tested through its socket: ");
            case IN_MEMORY_ONLY -> info(connector, "Tested in memory only: ");
            case NOT_YET -> {
                if (!persists) {
                    log.log(
                            Level.WARNING,
                            "Connector {0} has not been tested through its socket, and will be tested again: {1}",
                            connector.name(),
                            connector.testResult().detail());
                }
            }
            case FAILED -> {
                if (!persists) {
                    log.log(
                            Level.ERROR,
                            "Connector {0} does not resume TLS sessions from tickets: {1}",
                            connector.name(),
                            connector.testResult().detail());
                }
            }
        }
    }

    /** Logs connectors that do not share tickets, each described in one line. */
    public void notServed(List<String> connectors) {
        connectors.forEach(
                description -> log.log(Level.WARNING, "A TLS connector does not share tickets: {0}", description));
    }

    private void info(ServedConnector connector, String how) {
        log.log(
                Level.INFO,
                "Connector {0} resumes TLS sessions from tickets only: hosts {1}, engine {2}, protocols {3}. {4}{5}",
                connector.name(),
                connector.hosts(),
                connector.engine(),
                connector.protocols(),
                how,
                connector.testResult().detail());
    }
}
