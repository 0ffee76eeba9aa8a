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

/** Tomcat's own reading of a certificate's TLS settings, with a ticket-only context at the end. */
class TicketOnlySslUtil extends JSSEUtil {
    // The superclass constructor calls methods of this class: nothing here may be needed by one of those.
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
