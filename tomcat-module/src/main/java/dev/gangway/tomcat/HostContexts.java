package dev.gangway.tomcat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.tomcat.util.net.SSLContext;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLUtil;

/**
 * Creates either all contexts of a TLS host or none. Tomcat first takes new protocols and cipher suites, and then the
 * context of one certificate after the other, so that a reload that fails in between would leave the host with some old
 * and some new ones. This class creates all contexts when Tomcat requests the first one; until then the host keeps its
 * configuration.
 *
 * <p>Each connector has its own instance.
 */
final class HostContexts {
    private final Consumer<SSLHostConfigCertificate> whenMade;
    // Created with the first certificate's context, for the certificates after it.
    private final Map<SSLHostConfigCertificate, SSLContext> ready = new ConcurrentHashMap<>();

    /** @param whenMade called for each certificate whose new context has been created and is about to be used */
    HostContexts(Consumer<SSLHostConfigCertificate> whenMade) {
        this.whenMade = whenMade;
    }

    /**
     * Called by Tomcat for the context of {@code certificate}, in the order of the host's certificates.
     *
     * @param utils returns Tomcat's object for a certificate, or throws if its host is refused
     */
    SSLUtil util(SSLHostConfigCertificate certificate, Function<SSLHostConfigCertificate, SSLUtil> utils) {
        SSLHostConfig host = certificate.getSSLHostConfig();
        List<SSLHostConfigCertificate> all = List.copyOf(host.getCertificates(true));
        if (all.get(0) != certificate) {
            SSLContext made = ready.remove(certificate);
            return made == null ? utils.apply(certificate) : new MadeContext(utils.apply(certificate), made);
        }
        HostState before = HostState.of(host);
        return before.orPutBack(() -> {
            Map<SSLHostConfigCertificate, SSLUtil> each = new LinkedHashMap<>();
            all.forEach(one -> each.put(one, utils.apply(one)));
            return new FirstOfHost(certificate, each, before);
        });
    }

    /** Creates all contexts of the host. */
    private final class FirstOfHost extends ForwardingSslUtil {
        private final SSLHostConfigCertificate certificate;
        private final Map<SSLHostConfigCertificate, SSLUtil> each;
        private final HostState before;

        FirstOfHost(
                SSLHostConfigCertificate certificate, Map<SSLHostConfigCertificate, SSLUtil> each, HostState before) {
            super(each.get(certificate));
            this.certificate = certificate;
            this.each = each;
            this.before = before;
        }

        /** Tomcat uses these at once, and requests the contexts later. */
        @Override
        public String[] getEnabledProtocols() {
            return before.isServing() ? before.enabledProtocols() : own().getEnabledProtocols();
        }

        @Override
        public String[] getEnabledCiphers() {
            return before.isServing() ? before.enabledCiphers() : own().getEnabledCiphers();
        }

        @Override
        public SSLContext createSSLContext(List<String> negotiableProtocols) throws Exception {
            return before.orPutBack(() -> {
                Map<SSLHostConfigCertificate, SSLContext> made = new LinkedHashMap<>();
                for (Map.Entry<SSLHostConfigCertificate, SSLUtil> one : each.entrySet()) {
                    made.put(one.getKey(), one.getValue().createSSLContext(negotiableProtocols));
                }
                made.keySet().forEach(whenMade);
                before.enable(own().getEnabledProtocols(), own().getEnabledCiphers());
                SSLContext first = made.remove(certificate);
                ready.putAll(made);
                return first;
            });
        }
    }

    /** Has a context that was created with the first one. */
    private static final class MadeContext extends ForwardingSslUtil {
        private final SSLContext made;

        MadeContext(SSLUtil own, SSLContext made) {
            super(own);
            this.made = made;
        }

        @Override
        public SSLContext createSSLContext(List<String> negotiableProtocols) {
            return made;
        }
    }
}
