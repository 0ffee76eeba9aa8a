package dev.gangway.testing;

import dev.gangway.internal.selftest.ConnectorView;
import dev.gangway.internal.selftest.ServedConnector;
import java.util.List;

/** Connectors without a server. */
public record FixedConnectors(List<ServedConnector> served, List<String> notServed) implements ConnectorView {
    @Override
    public String whenNoneIsKnown() {
        return "start one";
    }
}
