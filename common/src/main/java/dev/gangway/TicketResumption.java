package dev.gangway;

import dev.gangway.internal.context.Connector;
import dev.gangway.internal.context.TicketService;
import dev.gangway.internal.manager.ManagerStatus.State;
import dev.gangway.internal.manager.Serving;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;

/**
 * Ticket-only session resumption for a server that is neither Jetty nor Tomcat: it keeps the ticket keys up to date,
 * and makes {@link SSLContext}s that use them.
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
 * <p>On Jetty and Tomcat use {@code GangwaySslContextFactory} and {@code GangwayListener} instead.
 */
public final class TicketResumption implements AutoCloseable {
    private static final Serving WITHOUT_CONTEXT = Serving.lacking(
            State.NOT_SHARING, "no TLS context has these keys: make one with newSslContext, and call its init");

    private final TicketSettings settings;
    private final TicketService service;

    private TicketResumption(TicketSettings settings, TicketService service) {
        this.settings = settings;
        this.service = service;
    }

    /**
     * Reads the first keys and starts two daemon threads that keep them up to date. Waits at most 30 seconds for the
     * source.
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
     * Creates a server context whose session cache is off and whose tickets are sealed and opened with the shared keys.
     * Its {@code init} runs a self-test with handshakes in memory: another context with the same keys must open its
     * tickets. If it cannot, {@code init} throws a {@link java.security.KeyManagementException} with the reason.
     * Nothing is tested through the server's own socket.
     *
     * <p>Only {@code SSLEngine}s of this context share tickets; its sockets do not.
     *
     * @param clientAuth whether the server asks clients for a certificate. An engine with another client-auth mode
     *     neither accepts nor issues tickets.
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

    /** The state, keys and handshake counts, as JMX shows them. */
    public TicketKeysMXBean ticketKeys() {
        return service.ticketKeys(settings.engine());
    }

    /**
     * Registers {@link #ticketKeys} in JMX as {@code dev.gangway:type=TicketKeys,name=…} until {@link #close}. Never
     * throws: a failure is logged.
     *
     * @param name distinguishes the server from others in this JVM
     */
    public void showInJmx(String name) {
        service.show(name, settings.engine());
    }

    /**
     * Stops following the source, removes the keys from every context and wipes them. Handshakes continue, but tickets
     * are no longer shared.
     */
    @Override
    public void close() {
        service.close();
    }
}
