package dev.gangway.tomcat;

import dev.gangway.tomcat.TicketHosts.Binding;
import dev.gangway.tomcat.internal.EnabledSuites;
import dev.gangway.tomcat.internal.HostSettings;
import dev.gangway.tomcat.internal.JsseContextAdapter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.apache.tomcat.util.net.SSLContext;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SSLUtil;
import org.apache.tomcat.util.net.jsse.JSSEImplementation;

/**
 * Tomcat's JSSE implementation, with contexts of any engine that resume sessions from tickets only. {@link
 * GangwayListener} sets it on connectors; Tomcat creates one instance for each.
 */
public final class GangwaySslImplementation extends JSSEImplementation {
    // All hosts of one connector have one binding. The listener does not know a host that is added while the server
    // runs, so that host gets the binding of the others.
    private volatile Binding binding;

    private final HostContexts contexts = new HostContexts(this::newContextOf);

    @Override
    public SSLUtil getSSLUtil(SSLHostConfigCertificate certificate) {
        return contexts.util(certificate, this::utilOf);
    }

    private SSLUtil utilOf(SSLHostConfigCertificate certificate) {
        SSLHostConfig host = certificate.getSSLHostConfig();
        Optional<Binding> bound = TicketHosts.of(host).or(() -> Optional.ofNullable(binding));
        binding = bound.orElseThrow(() -> new IllegalStateException("TLS host " + host.getHostName()
                + " has sslImplementationName=\"" + getClass().getName()
                + "\" but the server has no GangwayListener: remove the attribute and put <Listener className=\""
                + GangwayListener.class.getName() + "\" keys=\"…\"/> inside <Server>"));
        requireNoContextOfItsOwn(certificate);
        HostSettings.requireTickets(host);
        EnabledSuites.requireProtocols(host);
        SSLUtil util = binding.engine().newUtil(certificate, binding);
        EnabledSuites.requireCiphers(host, util);
        return util;
    }

    private void newContextOf(SSLHostConfigCertificate certificate) {
        binding.connectors().newContextOf(certificate);
    }

    @Override
    public SSLSupport getSSLSupport(SSLSession session, Map<String, List<String>> additionalAttributes) {
        return new TicketSslSupport(session, additionalAttributes);
    }

    // Tomcat uses a context that an embedding program has set, and would never request one from Gangway.
    private static void requireNoContextOfItsOwn(SSLHostConfigCertificate certificate) {
        SSLContext context = certificate.getSslContext();
        if (context != null && !(context instanceof JsseContextAdapter)) {
            throw new IllegalStateException("a certificate of TLS host "
                    + certificate.getSSLHostConfig().getHostName()
                    + " has an SSLContext of its own, which cannot have shared ticket keys: remove it, and"
                    + " configure the"
                    + " certificate instead");
        }
    }
}
