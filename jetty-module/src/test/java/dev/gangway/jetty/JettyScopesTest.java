package dev.gangway.jetty;

import dev.gangway.ClientAuth;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.TicketScopesContract;
import dev.gangway.testing.TrustDomain;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Trust domains of real Jetty servers. */
@Tag("container")
class JettyScopesTest extends TicketScopesContract {
    @Override
    protected RunningServer start(String engine, TrustDomain domain, Path keyStoreFile) throws Exception {
        GangwaySslContextFactory factory = new GangwaySslContextFactory();
        factory.setKeyStorePath(keyStoreFile.toUri().toString());
        factory.setKeyStorePassword("changeit");
        factory.setKeys(keys);
        factory.setEngine(engine);
        factory.setScope(domain.scope());
        domain.authority().ifPresent(authority -> factory.setTrustStore(Certificates.trustStore(authority)));
        factory.setWantClientAuth(domain.clientAuth() == ClientAuth.OPTIONAL);
        if (domain.clientAuth() == ClientAuth.REQUIRED) {
            factory.setNeedClientAuth(true);
        }
        JettyNode node = JettyNode.start(factory);
        return new RunningServer(node.port(), node::close);
    }
}
