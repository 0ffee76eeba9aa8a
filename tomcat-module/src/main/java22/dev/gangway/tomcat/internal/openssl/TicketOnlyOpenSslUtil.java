package dev.gangway.tomcat.internal.openssl;

import dev.gangway.internal.context.Connector;
import dev.gangway.internal.context.TicketService;
import dev.gangway.tomcat.internal.EnabledSuites;
import dev.gangway.tomcat.internal.HostSettings;
import dev.gangway.tomcat.internal.JsseContextAdapter;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import org.apache.tomcat.util.net.SSLContext;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.openssl.OpenSSLConfCmd;
import org.apache.tomcat.util.net.openssl.panama.OpenSSLUtil;

/** Tomcat's object for a certificate's OpenSSL settings, which creates a ticket-only context. */
final class TicketOnlyOpenSslUtil extends OpenSSLUtil {
    private final TicketService tickets;
    private final Connector connector;

    TicketOnlyOpenSslUtil(SSLHostConfigCertificate certificate, TicketService tickets, Connector connector) {
        super(certificate);
        this.tickets = tickets;
        this.connector = connector;
    }

    @Override
    public SSLContext createSSLContextInternal(List<String> negotiableProtocols) throws Exception {
        requireNoOtherTrust(sslHostConfig);
        OpenSslTicketEngine engine =
                new OpenSslTicketEngine(certificate, List.of(getEnabledProtocols()), negotiableProtocols);
        // Tomcat's engine assumes "no client certificate" as its initial value, while its context asks for one, and
        // ignores a call that sets the same value. Requesting a certificate first makes the next call effective.
        Connector asking = connector.settingUp(this::enable).settingUp(server -> server.setWantClientAuth(true));
        return new JsseContextAdapter(tickets.newContext(engine, asking, sslHostConfig.getSslProtocol()));
    }

    // As Tomcat does for each connection. The values from OpenSSLConf are known after the context is initialised.
    private void enable(SSLEngine server) {
        boolean byConf = sslHostConfig.getOpenSslConf() != null;
        EnabledSuites.setup(
                        certificate,
                        byConf ? sslHostConfig.getEnabledProtocols() : getEnabledProtocols(),
                        byConf ? sslHostConfig.getEnabledCiphers() : getEnabledCiphers())
                .accept(server);
    }

    // The accepted client certificates are part of the scope, which is computed from Tomcat's own settings.
    private static void requireNoOtherTrust(SSLHostConfig host) {
        if (host.getOpenSslConf() != null) {
            for (OpenSSLConfCmd command : host.getOpenSslConf().getCommands()) {
                if (command.getName() != null
                        && command.getName().toLowerCase(Locale.ROOT).startsWith("verify")) {
                    throw new IllegalStateException("TLS host " + host.getHostName() + " has the OpenSSLConf command "
                            + command.getName() + ", with which tickets could be used in another trust domain:"
                            + " use certificateVerification and truststoreFile or caCertificateFile instead");
                }
            }
        }
    }

    @Override
    public TrustManager[] getTrustManagers() throws Exception {
        TrustManager[] trustManagers = super.getTrustManagers();
        return trustManagers == null ? CaCertificateFiles.of(sslHostConfig) : trustManagers;
    }

    @Override
    public void configureSessionContext(SSLSessionContext sessions) {
        HostSettings.warnOfSessionSettings(sslHostConfig);
    }
}
