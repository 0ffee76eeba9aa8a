package dev.gangway.tomcat.internal.openssl;

import dev.gangway.internal.engine.ClientAuthentication;
import dev.gangway.internal.engine.Installation;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.internal.engine.TicketEngine;
import dev.gangway.internal.engine.TlsServer;
import dev.gangway.internal.keys.KeyDerivation;
import dev.gangway.internal.keys.Scope;
import dev.gangway.internal.keys.TicketPolicy;
import dev.gangway.tomcat.internal.HostSettings;
import java.lang.foreign.MemorySegment;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.openssl.panama.OpenSSLContext;

/**
 * Shared ticket keys for the OpenSSL that Tomcat uses through Java's foreign function interface, for one certificate.
 */
final class OpenSslTicketEngine implements TicketEngine {
    // OpenSSL's session format is ASN.1 with optional fields; a session that another 3.x version cannot read causes a
    // full handshake.
    private static final String LAYOUT = "openssl/3";

    private final SSLHostConfigCertificate certificate;
    private final List<String> enabledProtocols;
    private final List<String> negotiableProtocols;

    OpenSslTicketEngine(
            SSLHostConfigCertificate certificate, List<String> enabledProtocols, List<String> negotiableProtocols) {
        this.certificate = certificate;
        this.enabledProtocols = List.copyOf(enabledProtocols);
        this.negotiableProtocols = negotiableProtocols;
    }

    @Override
    public String name() {
        return "openssl";
    }

    @Override
    public SSLContext newContext(String protocol) throws NoSuchAlgorithmException {
        try {
            return new OpenSslSslContext(new OpenSSLContext(certificate, negotiableProtocols), protocol);
        } catch (SSLException e) {
            throw new NoSuchAlgorithmException("Tomcat cannot make an OpenSSL context: " + e, e);
        }
    }

    /** Tomcat's OpenSSL has no client; the self-test uses the JDK's. */
    @Override
    public SSLContext newClientContext() throws NoSuchAlgorithmException {
        return SSLContext.getInstance("TLS");
    }

    /**
     * Tomcat's engine knows only the protocols disabled by option, not those outside its minimum and maximum version.
     */
    @Override
    public List<String> enabledProtocols(SSLEngine server) {
        return enabledProtocols.stream()
                .filter(List.of(server.getEnabledProtocols())::contains)
                .toList();
    }

    /**
     * The session id context, which OpenSSL stores in each ticket, then distinguishes which clients the connector
     * trusts.
     */
    @Override
    public boolean separatesClientAuthWithoutScopes() {
        return true;
    }

    @Override
    public void prepare(SSLEngine sslEngine) {}

    @Override
    public Installation install(TlsServer server, Scope scope, TicketPolicy policy, InstantSource clock)
            throws InstallationException {
        requireClientTickets();
        TicketCallbacks callbacks = TicketCallbacks.get();
        OpenSslSslContext context = (OpenSslSslContext) server.context();
        MemorySegment sslCtx = context.server().getSSLContext();
        SessionIdContext sessionIdContext =
                new SessionIdContext(callbacks.lib(), sslCtx, HostSettings.clientAuth(certificate.getSSLHostConfig()));
        OpenSslTicketKeys keys = new OpenSslTicketKeys(
                sslCtx,
                callbacks.sessions(),
                KeyDerivation.of(LAYOUT, scope),
                clients(server.clientAuthentication(), context, callbacks.lib()),
                policy,
                clock,
                sessionIdContext);
        callbacks.install(sslCtx);
        return keys;
    }

    // Without a trust manager, OpenSSL itself checks certificates on resumption, unless that is switched off.
    private static ClientAuthentication clients(ClientAuthentication clients, OpenSslSslContext context, LibSsl lib) {
        return context.hasTrustManager()
                ? clients
                : new ClientAuthentication(clients.mode(), clients.trust().map(anything -> new NativeTrust(lib)));
    }

    private static void requireClientTickets() throws InstallationException {
        String property = "jdk.tls.client.enableSessionTicketExtension";
        if ("false".equalsIgnoreCase(System.getProperty(property))) {
            throw new InstallationException(
                    "the system property " + property + "=false prevents the self-test of TLS 1.2 tickets; remove it");
        }
    }

    /** OpenSSL issues tickets during the handshake only. */
    @Override
    public void issueNoMoreTickets(SSLEngine server) {}
}
