package dev.gangway.tomcat;

import dev.gangway.tomcat.TicketHosts.Binding;
import dev.gangway.tomcat.internal.EnabledSuites;
import dev.gangway.tomcat.internal.HostSettings;
import dev.gangway.tomcat.internal.JsseContextAdapter;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SSLSessionContext;
import org.apache.tomcat.util.net.SSLContext;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.jsse.JSSEUtil;

/** Tomcat's object for a certificate's TLS settings, which creates a ticket-only context. */
class TicketOnlySslUtil extends JSSEUtil {
    // The superclass constructor calls methods of this class, which must not use the fields set below.
    private final Binding binding;

    TicketOnlySslUtil(SSLHostConfigCertificate certificate, Binding binding) {
        super(certificate);
        this.binding = binding;
    }

    @Override
    public SSLContext createSSLContextInternal(List<String> negotiableProtocols) throws NoSuchAlgorithmException {
        return new JsseContextAdapter(binding.tickets()
                .newContext(
                        binding.connector(sslHostConfig)
                                .settingUp(
                                        EnabledSuites.setup(certificate, getEnabledProtocols(), getEnabledCiphers())),
                        sslHostConfig.getSslProtocol()));
    }

    @Override
    public void configureSessionContext(SSLSessionContext sessions) {
        HostSettings.warnOfSessionSettings(sslHostConfig);
    }
}
