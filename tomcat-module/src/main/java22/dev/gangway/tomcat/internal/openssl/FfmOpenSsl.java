package dev.gangway.tomcat.internal.openssl;

import dev.gangway.internal.context.Connector;
import dev.gangway.internal.context.TicketService;
import dev.gangway.internal.engine.InstallationException;
import dev.gangway.tomcat.internal.OpenSslSupport;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.SSLUtil;

/** The entry point of this package, loaded by name from code that also runs on Java 17. */
public final class FfmOpenSsl implements OpenSslSupport {
    @Override
    public void requireUsable() throws InstallationException {
        TicketCallbacks.get();
    }

    @Override
    public SSLUtil newUtil(SSLHostConfigCertificate certificate, TicketService tickets, Connector connector) {
        return new TicketOnlyOpenSslUtil(certificate, tickets, connector);
    }
}
