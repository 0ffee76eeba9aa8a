package dev.gangway.internal.jmx;

import dev.gangway.TicketKeysMXBean;
import dev.gangway.internal.selftest.ServedConnector;
import java.util.List;

/** One connector of the server and the result of its self-test, in open types. */
record ServedConnectorView(ServedConnector connector) implements TicketKeysMXBean.Connector {
    @Override
    public String getName() {
        return connector.name();
    }

    @Override
    public List<String> getHosts() {
        return connector.hosts();
    }

    @Override
    public String getEngine() {
        return connector.engine();
    }

    @Override
    public List<String> getProtocols() {
        return connector.protocols();
    }

    @Override
    public String getProof() {
        return connector.testResult().kind().name();
    }

    @Override
    public String getProofDetail() {
        return connector.testResult().detail();
    }
}
