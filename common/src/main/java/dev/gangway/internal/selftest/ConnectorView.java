package dev.gangway.internal.selftest;

import java.util.List;

/**
 * The TLS connectors of one server, as its container extension sees them at the moment it is asked.
 */
public interface ConnectorView {
    /** Of a server whose connectors nobody tells. */
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
            return "the container does not tell its connectors";
        }
    };

    /** Those that are open and share tickets, or are meant to. */
    List<ServedConnector> served();

    /**
     * Those of the same server that speak TLS, do not share tickets, and have not been left alone on purpose: for each one line
     * that names it and says what to do.
     */
    List<String> notServed();

    /** TLS connectors without Gangway of other servers in the same process, as far as they can be seen; each in words. */
    default List<String> ofOtherServers() {
        return List.of();
    }

    /** What to do if {@link #served} is empty while the server runs. */
    String whenNoneIsKnown();
}
