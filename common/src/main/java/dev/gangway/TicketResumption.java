package dev.gangway;

import dev.gangway.internal.context.Connector;
import dev.gangway.internal.context.TicketService;
import dev.gangway.internal.manager.ManagerStatus.State;
import dev.gangway.internal.manager.Serving;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;

/**
 * Ticket-only session resumption for a server that is neither Jetty nor Tomcat: ticket keys that are kept up to date, and
 * {@link SSLContext}s that use them.
 *
 * <pre>{@code
 * try (TicketResumption tickets = TicketResumption.start(TicketSettings.ofKeys("file:/etc/gangway/keys"))) {
 *     SSLContext context = tickets.newSslContext(ClientAuth.NONE);
 *     context.init(keyManagers, trustManagers, null);
 *     HttpsServer server = HttpsServer.create(address, 0);
 *     server.setHttpsConfigurator(new HttpsConfigurator(context));
 *     server.start();
 *     …
 * }
 * }</pre>
 *
 * <p>Jetty and Tomcat need none of this: see {@code GangwaySslContextFactory} and {@code GangwayListener}.
 */
public final class TicketResumption implements AutoCloseable {
    private static final Serving WITHOUT_CONTEXT = Serving.lacking(
            State.NOT_SHARING, "no TLS context has these keys: make one with newSslContext, and initialise it");

    private final TicketSettings settings;
    private final TicketService service;

    private TicketResumption(TicketSettings settings, TicketService service) {
        this.settings = settings;
        this.service = service;
    }

    /**
     * Reads the first keys and starts to follow their source, with two daemon threads. Waits for the source for 30 seconds at
     * most.
     *
     * @throws KeySourceException if the source has no keys that can be used
     * @throws IllegalArgumentException if a setting is not understood, naming it and its value
     */
    public static TicketResumption start(TicketSettings settings) throws KeySourceException {
        TicketService service = TicketService.start(settings);
        service.manager().reportServing(contexts -> contexts == 0 ? WITHOUT_CONTEXT : Serving.ALL);
        return new TicketResumption(settings, service);
    }

    /**
     * A server context whose session cache is off and whose tickets are sealed and opened with the shared keys. Its {@code
     * init} proves with handshakes in memory that another context with the same keys opens its tickets, and throws a {@link
     * java.security.KeyManagementException} that says why if not. Nothing is tested through the server's own socket.
     *
     * <p>Only its {@code SSLEngine}s share tickets; sockets that it makes do not.
     *
     * @param clientAuth what the server asks of clients. An engine that is set to ask for something else neither takes nor
     *     issues tickets.
     */
    public SSLContext newSslContext(ClientAuth clientAuth) {
        Connector connector =
                Connector.of(settings.scope(), clientAuth).checkingResumptions(settings.checkClientCertificates());
        try {
            return service.newContext(connector, "TLS");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("engine '" + settings.engine() + "' has no protocol TLS", e);
        }
    }

    /** State, keys and counts of handshakes, as JMX shows them. */
    public TicketKeysMXBean ticketKeys() {
        return service.ticketKeys(settings.engine());
    }

    /**
     * Shows {@link #ticketKeys} in JMX as {@code dev.gangway:type=TicketKeys,name=…} until {@link #close}. Never throws: if it
     * is impossible, the log says so.
     *
     * @param name what tells the server from others in this JVM
     */
    public void showInJmx(String name) {
        service.show(name, settings.engine());
    }

    /** Stops following the source, and takes the keys out of every context and wipes them. Handshakes go on, without sharing. */
    @Override
    public void close() {
        service.close();
    }
}
