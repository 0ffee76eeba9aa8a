package dev.gangway.tomcat.openssl;

import dev.gangway.context.Connector;
import dev.gangway.context.Gangway;
import dev.gangway.engine.InstallationException;
import dev.gangway.tomcat.OpenSslSupport;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLUtil;

/** The way into this package, by name, from code that also runs on Java 17. */
public final class FfmOpenSsl implements OpenSslSupport {
    @Override
    public void requireUsable() throws InstallationException {
        TicketCallbacks.get();
    }

    @Override
    public SSLUtil newUtil(SSLHostConfigCertificate certificate, Gangway gangway, Connector connector) {
        return new TicketOnlyOpenSslUtil(certificate, gangway, connector);
    }
}
