package dev.gangway.tomcat;

import dev.gangway.testing.Certificates;
import dev.gangway.testing.ResponseBytesContract;
import dev.gangway.testing.TrustDomain;
import org.apache.tomcat.util.net.SSLHostConfig;

abstract class TomcatResponseBytes extends ResponseBytesContract {
    private static final String DEFAULT_HOST = "_default_";

    private final String protocolHandler;

    TomcatResponseBytes(String protocolHandler, String... engines) {
        super(engines);
        this.protocolHandler = protocolHandler;
    }

    @Override
    protected Node start(String engine, TrustDomain domain) throws Exception {
        GangwayListener listener = new GangwayListener();
        listener.setKeys(keys);
        listener.setEngine(engine);
        TomcatNode node = new TomcatNode(folder, protocolHandler)
                .withHost(DEFAULT_HOST, keyStore)
                .with(listener);
        SSLHostConfig host = node.host(DEFAULT_HOST);
        domain.authority().ifPresent(authority -> host.setTrustStore(Certificates.trustStore(authority)));
        host.setCertificateVerification(domain.clientAuth().name());
        node.start();
        return new Node(node.port(), node::close);
    }
}
