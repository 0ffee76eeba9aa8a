package dev.gangway.tomcat;

import dev.gangway.internal.context.Engines;
import dev.gangway.tomcat.TicketHosts.Binding;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** For contexts of Conscrypt: Tomcat itself would use the protocols and cipher suites of the JDK's TLS. */
final class ConscryptSslUtil extends TicketOnlySslUtil {
    ConscryptSslUtil(SSLHostConfigCertificate certificate, Binding binding) {
        super(certificate, binding);
    }

    // The superclass constructor calls both methods below before the fields of this object are set.

    @Override
    protected Set<String> getImplementedProtocols() {
        return Implemented.PROTOCOLS;
    }

    @Override
    protected Set<String> getImplementedCiphers() {
        return Implemented.CIPHERS;
    }

    /** Queried once, when the first Conscrypt connector is configured. */
    private static final class Implemented {
        static final Set<String> PROTOCOLS;
        static final Set<String> CIPHERS;

        static {
            SSLParameters supported = Engines.supportedBy("conscrypt");
            PROTOCOLS = Set.of(supported.getProtocols());
            CIPHERS = Set.of(supported.getCipherSuites());
        }
    }
}
