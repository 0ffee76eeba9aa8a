package dev.gangway.jetty;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.SmallFragmentsContract;
import dev.gangway.testing.TicketScopesContract.RunningServer;
import org.junit.jupiter.api.Tag;

@Tag("container")
class JettySmallFragmentsTest extends SmallFragmentsContract {
    @Override
    protected RunningServer start(String engine, String keys, Certificates.Held certificate) throws Exception {
        GangwaySslContextFactory factory = new GangwaySslContextFactory();
        factory.setKeyStore(Certificates.keyStore(certificate));
        factory.setKeyStorePassword("changeit");
        factory.setKeys(keys);
        factory.setEngine(engine);
        JettyNode node = JettyNode.start(factory);
        return new RunningServer(node.port(), node::close);
    }
}
