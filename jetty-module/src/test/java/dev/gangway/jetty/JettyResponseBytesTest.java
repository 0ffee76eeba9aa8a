package dev.gangway.jetty;

import dev.gangway.ClientAuth;
import dev.gangway.testing.Certificates;
import dev.gangway.testing.ResponseBytesContract;
import dev.gangway.testing.TrustDomain;
import org.junit.jupiter.api.Tag;

@Tag("container")
class JettyResponseBytesTest extends ResponseBytesContract {
    JettyResponseBytesTest() {
        super("jdk", "conscrypt");
    }

    @Override
    protected Node start(String engine, TrustDomain domain) throws Exception {
        GangwaySslContextFactory factory = new GangwaySslContextFactory();
        factory.setKeyStorePath(keyStore.toUri().toString());
        factory.setKeyStorePassword("changeit");
        factory.setKeys(keys);
        factory.setEngine(engine);
        domain.authority().ifPresent(authority -> factory.setTrustStore(Certificates.trustStore(authority)));
        factory.setNeedClientAuth(domain.clientAuth() == ClientAuth.REQUIRED);
        JettyNode node = JettyNode.start(factory);
        return new Node(node.port(), node::close);
    }
}
