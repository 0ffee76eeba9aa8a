package dev.gangway.internal.selftest;

import java.util.List;

/**
 * The TLS connectors of one server, as its container extension sees them at the moment it is asked.
 */
public interface ConnectorView {
    /** For a server whose connectors are not known. */
    ConnectorView UNKNOWN = new ConnectorView() {
        @Override
        public List<ServedConnector> served() {
            return List.of();
        }

        @Override
        public List<String> notServed() {
            return List.of();
        }

        @Override
        public String whenNoneIsKnown() {
            return "the container does not report its connectors";
        }
    };

    /** The open connectors that share tickets, or are configured to. */
    List<ServedConnector> served();

    /**
     * The TLS connectors of the same server that do not share tickets and are not excluded by configuration: for each,
     * one line that names it and says what to do.
     */
    List<String> notServed();

    /**
     * TLS connectors without Gangway of other servers in the same process, as far as they can be detected; each
     * described in one line.
     */
    default List<String> ofOtherServers() {
        return List.of();
    }

    /** What to do if {@link #served} is empty while the server runs. */
    String whenNoneIsKnown();
}
