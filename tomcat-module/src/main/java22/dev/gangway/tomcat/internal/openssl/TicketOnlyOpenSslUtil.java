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

/** Tomcat's own reading of a certificate's settings for OpenSSL, with a ticket-only context at the end. */
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
        // Tomcat's engine takes "no client certificate" for granted, and for no change, while its context asks for one.
        // Asking first makes the change that follows one.
        Connector asking = connector.settingUp(this::enable).settingUp(server -> server.setWantClientAuth(true));
        return new JsseContextAdapter(tickets.newContext(engine, asking, sslHostConfig.getSslProtocol()));
    }

    // As Tomcat does for each connection. What OpenSSLConf has enabled is known once the context is initialised.
    private void enable(SSLEngine server) {
        boolean byConf = sslHostConfig.getOpenSslConf() != null;
        EnabledSuites.setup(
                        certificate,
                        byConf ? sslHostConfig.getEnabledProtocols() : getEnabledProtocols(),
                        byConf ? sslHostConfig.getEnabledCiphers() : getEnabledCiphers())
                .accept(server);
    }

    // Whose certificates are taken is part of the scope, and Tomcat's own settings are where it is read from.
    private static void requireNoOtherTrust(SSLHostConfig host) {
        if (host.getOpenSslConf() != null) {
            for (OpenSSLConfCmd command : host.getOpenSslConf().getCommands()) {
                if (command.getName() != null
                        && command.getName().toLowerCase(Locale.ROOT).startsWith("verify")) {
                    throw new IllegalStateException("TLS host " + host.getHostName() + " has the OpenSSLConf command "
                            + command.getName() + ", which would let tickets cross from one trust domain to another:"
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
