package dev.gangway;

import dev.gangway.internal.jmx.Description;
import java.util.List;

/**
 * The ticket keys of one server and the state of their source, for JMX. All types are open types, so a JMX client needs
 * no class of Gangway. Times are ISO-8601 instants in UTC. Contains no secrets.
 */
@Description("Session ticket keys of one server")
public interface TicketKeysMXBean {
    /** The name of a {@link dev.gangway.internal.manager.ManagerStatus.State}. */
    @Description(
            "SHARING: no problem is known; NOT_TESTED: a connector has not been tested yet; KEEPING_LAST_GOOD_KEYS: the"
                    + " keys cannot be renewed, and the last good keys stay in use; INSTALLATION_BROKEN: a TLS context"
                    + " did not accept the current keys; CONNECTOR_NOT_SHARING: a TLS connector does not share tickets;"
                    + " NOT_SHARING: no key is active, or no TLS context has the keys; CLOSED: the server is stopping."
                    + " Fault contains the reason")
    String getState();

    @Description("Where keys come from, such as file:/etc/gangway/keys")
    String getSource();

    @Description("The TLS implementation: jdk, conscrypt or openssl")
    String getEngine();

    /** Usually one, such as {@code sunjsse/9e4286db5b440f63/21600s}; empty before the first TLS context. */
    @Description("The formats of this server's tickets: nodes open each other's tickets only if the formats are equal")
    List<String> getTicketFormats();

    /** The name, if there is one, and the address of each connector; empty if the container does not provide them. */
    @Description("The connectors of this server that Gangway serves")
    List<String> getServes();

    @Description("The connectors that use these keys, and how each was tested")
    List<Connector> getConnectors();

    /** One sentence for each connector, with the reason and the way out. */
    @Description(
            "Connectors with TLS that do not share tickets and are not excluded by configuration: those of this server,"
                    + " which State also reports, and those of other servers in this process")
    List<String> getNotServed();

    /** The name as 32 hexadecimal digits, as in key files; empty if no key is active. */
    @Description("Name of the key that encrypts new tickets; empty if there is none")
    String getActiveKey();

    /** Whole seconds since its activation; -1 if no key is active, or the active key has no times. */
    @Description("Seconds since the active key was activated; -1 if there is none, or it has no times")
    long getActiveKeyAgeSeconds();

    /**
     * Whole seconds until the next time a key is accepted, activated, retired or destroyed; 0 if that is due, -1 if no
     * change is planned.
     */
    @Description(
            "Seconds until a key is next accepted, activated, retired or destroyed; -1 if no such change is planned")
    long getSecondsToNextChange();

    /** With keys from a file, this falls steadily unless somebody rotates them. */
    @Description(
            "Seconds until the last of these keys retires, after which no key is active unless the source has a new one"
                    + " by then; 0 after that, -1 if the keys have no times")
    long getSecondsToLastRetirement();

    /** The keys of the ring, the active one first. */
    @Description("The keys that decrypt tickets, the active one first")
    List<Key> getKeys();

    @Description("Number of keys that decrypt tickets, including the active one")
    int getAcceptedKeys();

    @Description("A digest that is equal on all nodes with the same keys in the same roles")
    String getRingDigest();

    @Description("When the source was last read without a fault")
    String getLastGoodLoad();

    @Description("Seconds since LastGoodLoad")
    long getSecondsSinceLastGoodLoad();

    @Description("Why State is not SHARING; empty if it is")
    String getFault();

    @Description("The store that holds the keys; empty if they are not in a store")
    String getStore();

    @Description("Version of the document in use; -1 if the keys are not in a store")
    long getDocumentVersion();

    @Description("The node or command that wrote the document; empty if the keys are not in a store")
    String getDocumentWrittenBy();

    @Description("When the document was written; empty if the keys are not in a store")
    String getDocumentWrittenAt();

    @Description("When the store last answered; empty if it never has, or the keys are not in a store")
    String getLastStoreContact();

    @Description(
            "Seconds for which the store may be unavailable from now on without extra full handshakes; -1 if the keys are"
                    + " not in a store")
    long getOutageBudgetSeconds();

    @Description("Number of TLS contexts that use these keys")
    int getInstallations();

    @Description("Number of TLS contexts that did not accept the current keys")
    int getBrokenInstallations();

    @Description("Seconds for which a session can be resumed after its full handshake")
    long getTicketLifetimeSeconds();

    @Description("Seconds between two reads of the source")
    double getPollIntervalSeconds();

    /** One row for each combination of engine, scope and protocol version that has occurred. */
    @Description("Handshakes since the server started, by outcome, scope and protocol version")
    List<Handshakes> getHandshakes();

    @Description("Number of handshakes that resumed a session")
    long getResumedHandshakes();

    @Description("Number of full handshakes")
    long getFullHandshakes();

    @Description("Number of handshakes that failed or were abandoned")
    long getFailedHandshakes();

    /** A client may get several tickets in one handshake; that counts as one. */
    @Description("Number of handshakes in which the client was given a new ticket")
    long getHandshakesWithNewTicket();

    /** Part of {@code FullUnknownKey}: tickets from other nodes that had the key earlier than this one. */
    @Description("Number of full handshakes with a ticket whose key this node did not have yet and received later")
    long getHandshakesAheadOfKey();

    /**
     * Reads the source now, in addition to the regular polls, and waits at most ten seconds for it.
     *
     * @return one line that begins with {@code OK}, {@code FAILED} or {@code NO ANSWER}
     */
    @Description("Reads the source now, and returns the result in one line; waits for ten seconds at most")
    String reload();

    /**
     * Counts of one engine, scope and protocol version, since the server started. {@link dev.gangway.HandshakeOutcome}
     * describes what each attribute counts.
     */
    interface Handshakes {
        String getEngine();

        String getScope();

        /**
         * {@code TLSv1.2}, {@code TLSv1.3}, or {@code none} for handshakes that failed before a version was negotiated.
         */
        String getProtocol();

        long getFullWithoutTicket();

        long getFullUnknownKey();

        long getFullKeyNotYetAccepted();

        long getFullKeyDestroyed();

        long getFullOtherScope();

        long getFullSessionExpired();

        long getFullCertificateRefused();

        long getFullTicketRefused();

        long getResumedActiveKey();

        long getResumedPreviousKey();

        long getResumedNextKey();

        long getResumedAcceptOnlyKey();

        long getResumedOnThisNodeOnly();

        long getFailed();

        long getNotUnderstood();

        long getWithNewTicket();
    }

    /** One open connector. */
    interface Connector {
        /** Its name, if it has one, and its address. */
        String getName();

        List<String> getHosts();

        /** The TLS implementation. */
        String getEngine();

        List<String> getProtocols();

        /** The name of an {@link dev.gangway.internal.selftest.TestResult.Kind}. */
        String getProof();

        String getProofDetail();
    }

    /** One key of the ring. The times are null if the key has no times. */
    interface Key {
        /** As 32 hexadecimal digits. */
        String getName();

        /** The name of a {@link dev.gangway.internal.manager.KeyStatus.Role}. */
        String getRole();

        String getAcceptFrom();

        String getActivateAt();

        String getRetireAt();

        String getDestroyAt();
    }
}
