package dev.gangway.tomcat;

import dev.gangway.context.Connector;
import dev.gangway.keys.Scope.ClientAuth;
import dev.gangway.tomcat.TicketHosts.Binding;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SSLSessionContext;
import org.apache.tomcat.util.net.SSLContext;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.jsse.JSSEUtil;

/** Tomcat's own reading of a certificate's TLS settings, with a ticket-only context at the end. */
class TicketOnlySslUtil extends JSSEUtil {
    private static final Logger LOG = System.getLogger("dev.gangway.tomcat");
    private static final SSLHostConfig DEFAULTS = new SSLHostConfig();

    // The superclass constructor calls methods of this class: nothing here may be needed by one of those.
    private final Binding binding;

    TicketOnlySslUtil(SSLHostConfigCertificate certificate, Binding binding) {
        super(certificate);
        this.binding = binding;
    }

    static TicketOnlySslUtil of(SSLHostConfigCertificate certificate, Binding binding) {
        return binding.gangway().engine().name().equals("conscrypt")
                ? new ConscryptSslUtil(certificate, binding)
                : new TicketOnlySslUtil(certificate, binding);
    }

    @Override
    public SSLContext createSSLContextInternal(List<String> negotiableProtocols) throws NoSuchAlgorithmException {
        // An application with login by client certificate makes Tomcat renegotiate.
        Connector connector = Connector.of(binding.scope(), clientAuth()).askingLater();
        return new JsseContextAdapter(binding.gangway().newContext(connector, sslHostConfig.getSslProtocol()));
    }

    /** The cache is off and the timeout is the ticket lifetime: says so if somebody has set either. */
    @Override
    public void configureSessionContext(SSLSessionContext sessions) {
        if (sslHostConfig.getSessionCacheSize() != DEFAULTS.getSessionCacheSize()
                || sslHostConfig.getSessionTimeout() != DEFAULTS.getSessionTimeout()) {
            LOG.log(
                    Level.WARNING,
                    "sessionCacheSize and sessionTimeout of TLS host {0} have no effect: the server keeps no sessions;"
                            + " set ticketLifetime on the GangwayListener instead",
                    sslHostConfig.getHostName());
        }
    }

    private ClientAuth clientAuth() {
        return switch (sslHostConfig.getCertificateVerification()) {
            case NONE -> ClientAuth.NONE;
            case OPTIONAL -> ClientAuth.OPTIONAL;
            case OPTIONAL_NO_CA -> ClientAuth.OPTIONAL_UNVERIFIED;
            case REQUIRED -> ClientAuth.REQUIRED;
        };
    }
}
